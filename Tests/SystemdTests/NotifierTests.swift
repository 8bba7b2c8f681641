// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import TestSupport
import Testing

@testable import Systemd

@Suite(.timeLimit(.minutes(1))) struct NotifierTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `nobody asked, nobody is told`() throws {
    #expect(try Notifier([:]) == nil)
    #expect(try Notifier(["NOTIFY_SOCKET": ""]) == nil)
  }

  @Test(arguments: [true, false])
  func `notices arrive, at a path or an abstract name`(isAbstract: Bool) async throws {
    let address =
      isAbstract ? "@dbxg-\(getpid())-\(UInt32.random(in: 0 ... .max))" : folder.path(of: "n")
    let socket = try NotifySocket(address: address)
    let notifier = try #require(try Notifier(["NOTIFY_SOCKET": address]))
    #expect(notifier.send(.ready, .status("serving")))
    try await socket.wait(for: "READY=1\nSTATUS=serving")
    #expect(socket.texts.count == 1)
  }

  @Test(arguments: ["relative", "vsock:2:1234", "@", String(repeating: "/a", count: 60)])
  func `an address of another kind is refused`(address: String) {
    #expect(throws: Notifier.Failure.malformedAddress) {
      try Notifier(["NOTIFY_SOCKET": address])
    }
  }

  @Test func `a socket that nobody reads stops nothing but the start`() async throws {
    #expect(throws: Notifier.Failure.system(SystemError(call: "connect", code: ENOENT))) {
      try Notifier(["NOTIFY_SOCKET": folder.path(of: "nobody")])
    }
    var socket: NotifySocket? = try NotifySocket(address: folder.path(of: "n"))
    let notifier = try #require(try Notifier(["NOTIFY_SOCKET": folder.path(of: "n")]))
    notifier.send(.ready)
    try await socket?.wait(for: "READY=1")
    socket = nil
    while notifier.send(.watchdog) { await TestLoop.pause(.milliseconds(10)) }
    #expect(!notifier.flush())
  }

  @Test func `descriptors are stored where there is a store`() async throws {
    let socket = try NotifySocket(address: folder.path(of: "n"))
    let plain = try #require(try Notifier(["NOTIFY_SOCKET": socket.address]))
    #expect(!plain.canStore)
    let storing = try #require(
      try Notifier(["NOTIFY_SOCKET": socket.address, "FDSTORE": "512"]))
    #expect(storing.canStore)
    let file = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    #expect(storing.send(.store(name: "kept"), descriptors: [file, file]))
    close(file)
    // Returns once the message before was read.
    #expect(storing.flush())
    let stored = socket.takeStored()
    #expect(stored.count == 2)
    for descriptor in stored {
      var byte: UInt8 = 0
      #expect(unsafe pread(descriptor, &byte, 1, 0) == 1)
      close(descriptor)
    }
    #expect(socket.texts == ["FDSTORE=1\nFDNAME=kept", "BARRIER=1"])
  }
}
