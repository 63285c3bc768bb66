import CLinux
import Glibc
import IPVS
import IPVSAdm
import IPVSNetlink

/// Moves this process into the network namespace that `ip netns` knows by that name; gives 0 or an error number.
@Sendable
func enterNamespace(_ name: String) -> Int32 {
    guard !name.contains("/"), name != ".", name != ".." else { return EINVAL }
    let descriptor = open("/run/netns/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    let error = setns(descriptor, CLONE_NEWNET) == 0 ? 0 : errno
    close(descriptor)
    return error
}

@Sendable
func openKernel() throws(IPVSError) -> any IPVSKernel {
    try NetlinkKernel()
}

let host = LinuxHost(kernel: openKernel, namespace: enterNamespace, loadModule: { KernelModule.ipvs.load() })
exit(IPVSAdmPrograms.run(arguments: ProgramWords.all, host: host))
