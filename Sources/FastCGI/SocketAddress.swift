// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// An address as the system's calls want it.
@safe
struct SocketAddress {
  let family: CInt
  private var storage = sockaddr_storage()
  private let byteCount: socklen_t

  /// - Returns: nil for a path longer than `Listener.pathLimit`.
  init?(path: String) {
    guard !path.isEmpty, path.utf8.count <= Listener.pathLimit else { return nil }
    family = AF_UNIX
    byteCount = socklen_t(MemoryLayout<sockaddr_un>.size)
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      unsafe storage.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
      let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
      unsafe storage[offset...].copyBytes(from: path.utf8)
    }
  }

  /// A name that no file stands for, of this machine's network: whoever binds it first has it, until the process ends.
  ///
  /// - Returns: nil for one longer than `Listener.pathLimit`.
  /// - Source: unix(7), "abstract".
  init?(abstract name: String) {
    let offset = (MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + 1
    guard !name.isEmpty, name.utf8.count <= Listener.pathLimit else { return nil }
    family = AF_UNIX
    // The name is as long as the address says; padding would be a part of it.
    byteCount = socklen_t(offset + name.utf8.count)
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      unsafe storage.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
      unsafe storage[offset...].copyBytes(from: name.utf8)
    }
  }

  /// - Returns: nil for a host that is not a numeric address.
  init?(host: String, port: UInt16) {
    var four = sockaddr_in()
    var six = sockaddr_in6()
    if unsafe inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      family = AF_INET
      byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.storeBytes(of: four, as: sockaddr_in.self)
      }
    } else if unsafe inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = port.bigEndian
      family = AF_INET6
      byteCount = socklen_t(MemoryLayout<sockaddr_in6>.size)
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.storeBytes(of: six, as: sockaddr_in6.self)
      }
    } else {
      return nil
    }
  }

  /// As bind(2).
  func bind(_ socket: CInt) -> CInt {
    unsafe withPointer { unsafe Glibc.bind(socket, $0, byteCount) }
  }

  /// As connect(2).
  func connect(_ socket: CInt) -> CInt {
    unsafe withPointer { unsafe Glibc.connect(socket, $0, byteCount) }
  }

  @unsafe
  private func withPointer(_ body: (UnsafePointer<sockaddr>) -> CInt) -> CInt {
    unsafe withUnsafePointer(to: storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
    }
  }
}
