import Glibc
import Links
import System

/// The thread that alone speaks rtnetlink: neither a table of a million routes nor a thousand addresses keep an advertisement waiting.
final class LinksWorker {
    private let loop: EventLoop
    private let mailbox: LinksMailbox
    private var watch: Watch?

    /// Starts the thread.
    ///
    /// - Parameter tell: is given the answers since the last time in a turn of the loop, in the order in which they came about.
    /// - Throws: `SystemFailure` of `eventfd`, `epoll_ctl` or `pthread_create`.
    init(on loop: EventLoop, tell: @escaping ([LinksMailbox.Answer]) -> Void) throws(SystemFailure) {
        self.loop = loop
        let mailbox = try LinksMailbox()
        self.mailbox = mailbox
        watch = try loop.watch(mailbox.answered.descriptor, for: .readable) { _ in tell(mailbox.takeAnswers()) }
        guard DetachedThread.start({ (try? LinksHand(mailbox))?.work() }) else {
            throw SystemFailure(call: "pthread_create", number: EAGAIN)
        }
    }

    deinit {
        if let watch { loop.end(watch) }
        mailbox.ask(.end)
    }

    /// Asks for something, which is done after all that was asked for before.
    func ask(_ request: LinksMailbox.Request) { mailbox.ask(request) }
}
