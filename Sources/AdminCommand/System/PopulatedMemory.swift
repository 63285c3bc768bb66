import Glibc

extension [UInt8] {
    /// Makes room for so many bytes, whose whole pages are there at once where the kernel can do that.
    ///
    /// The first touch of each page costs a fault otherwise, which for megabytes is more than filling them.
    mutating func reservePopulatedCapacity(_ count: Int) {
        reserveCapacity(count)
        withUnsafeMutableBytes { memory in
            let pageSize = sysconf(Int32(_SC_PAGESIZE))
            guard let start = memory.baseAddress, pageSize > 0 else { return }
            let beforePage = (pageSize - Int(bitPattern: start) % pageSize) % pageSize
            let pages = (count - beforePage) / pageSize
            if pages > 0 { _ = madvise(start + beforePage, pages * pageSize, MADV_POPULATE_WRITE) }
        }
    }
}
