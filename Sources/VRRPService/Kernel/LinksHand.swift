import CLinux
import Links
import LinksNetlink
import System
import Time

/// The life of the thread that speaks rtnetlink: it keeps what is wanted, and opens another handle on the kernel when one broke.
final class LinksHand {
    private let mailbox: LinksMailbox
    private let loop: EventLoop
    private var kernel: NetlinkLinks?
    private var watches: [Watch] = []
    private var keeper: LinksKeeper?
    private var maker: (number: UInt8, linkPrefix: String)?
    /// What is wanted, for a keeper that is made anew.
    private var wishes: [LinkOwner: LinkWish] = [:]
    private var order: [LinkOwner] = []
    /// All addresses that were ever wanted or claimed: what of it is found by another keeper is ours.
    private var ours: Set<LinkAddress> = []
    private var number = 0
    private var toldNumber = 0

    /// Where nothing else is due, the kernel is tried again after that time.
    private static let patience = Duration.seconds(1)
    private static let notConnected: Int32 = 107

    /// - Throws: `SystemFailure` of `epoll_create1` or `epoll_ctl`.
    init(_ mailbox: LinksMailbox) throws(SystemFailure) {
        self.mailbox = mailbox
        loop = try EventLoop()
        _ = try loop.watch(mailbox.requested.descriptor, for: .readable) { _ in }
    }

    /// Works until the end is asked for.
    func work() {
        while true {
            open()
            guard (try? loop.runTurn(atMost: wait)) != nil else { return }
            for request in mailbox.takeRequests() {
                if case .end = request { return }
                carryOut(request)
            }
            turn()
        }
    }

    /// The longest time to wait for something to happen; nil for any time.
    private var wait: Duration? {
        guard kernel != nil else { return Self.patience }
        return keeper?.nextMoment.map { max($0 - EventLoop.clock, .zero) }
    }

    private func open() {
        guard kernel == nil, let opened = try? NetlinkLinks() else { return }
        kernel = opened
        for descriptor in [opened.changeDescriptor, opened.routeDescriptor] {
            if let watch = try? loop.watch(descriptor, for: .readable, { _ in }) { watches.append(watch) }
        }
        keep()
    }

    private func close() {
        for watch in watches { loop.end(watch) }
        watches = []
        keeper = nil
        kernel = nil
    }

    /// Begins to keep what is wanted, once that is known: whose wish was not heard would lose what it has.
    private func keep() {
        guard let kernel, let maker, number > 0 else { return }
        let mirror = LinksMirror(maker: maker.number, linkPrefix: maker.linkPrefix)
        let keeper = LinksKeeper(kernel, mirror) { EventLoop.clock }
        keeper.claim(Array(ours))
        for owner in order { keeper.want(wishes[owner] ?? LinkWish(), of: owner) }
        self.keeper = keeper
    }

    private func carryOut(_ request: LinksMailbox.Request) {
        switch request {
        case .look: look()
        case .keep(let number, let linkPrefix):
            maker = (number, linkPrefix)
        case .claim(let addresses):
            ours.formUnion(addresses)
            keeper?.claim(addresses)
        case .want(let wishes, let order, let number):
            self.number = number
            for owner in order {
                let wish = wishes[owner] ?? LinkWish()
                if self.wishes.updateValue(wish, forKey: owner) == nil { self.order.append(owner) }
                ours.formUnion(wish.addresses.map(\.value))
                keeper?.want(wish, of: owner)
            }
            if keeper == nil { keep() }
        case .runInRealTime(let priority): _ = clinux_run_in_real_time(Int32(clamping: priority))
        case .end: break
        }
    }

    private func look() {
        do throws(LinksError) {
            guard let kernel else { throw .transport(Self.notConnected) }
            mailbox.answer(.looked(try kernel.look(.all, makers: [])))
        } catch {
            if case .transport = error { close() }
            mailbox.answer(.unreadable(error))
        }
    }

    private func turn() {
        guard let keeper else { return }
        do throws(LinksError) {
            let news = try keeper.turn()
            if news.snapshot != nil || !news.changes.isEmpty || !news.events.isEmpty { mailbox.answer(.news(news)) }
        } catch {
            return close()
        }
        guard toldNumber != number, keeper.nextMoment == nil else { return }
        toldNumber = number
        mailbox.answer(.done(number: number))
    }
}
