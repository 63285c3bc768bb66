import Links
import System
import Time
import VRRP

// What the kernel's links shall be, and what becomes of them.

extension RunningRouters {
    /// Hands over what is wanted, all of one call at once: what goes from one router to another does not move.
    func sendWishes() {
        guard !wishOrder.isEmpty else { return }
        wishNumber += 1
        worker?.ask(.want(wishes, order: wishOrder, number: wishNumber))
        wishes = [:]
        wishOrder = []
    }

    func take(_ answers: [LinksMailbox.Answer]) {
        for answer in answers {
            switch answer {
            case .looked(let snapshot):
                interfaces = InterfaceTable(snapshot)
                self.snapshot = snapshot
                start()
            case .unreadable(let error):
                log.write("the kernel's links cannot be read: \(error)", kind: "\(error)")
                loop.at(loop.now + .milliseconds(200)) { [weak self] in self?.worker?.ask(.look) }
            case .news(let news): take(news)
            case .done(let number): doneNumber = number
            }
        }
        if end == .stopped, doneNumber == wishNumber { leave() }
    }

    func take(_ news: LinksKeeper.News) {
        if let snapshot = news.snapshot {
            interfaces = InterfaceTable(snapshot)
            tell { $0.looked(snapshot, at: $1) }
        }
        for change in news.changes {
            interfaces.take(change.subject)
            tell { $0.changed(change.subject, at: $1) }
        }
        for event in news.events { tell { $0.told(event, at: $1) } }
    }

    func note(_ addresses: [LinkAddress]) {
        do throws(SystemFailure) {
            try folder.note(addresses)
        } catch {
            log.write("the addresses are not noted for the next process: \(error)", kind: "noting")
        }
    }
}
