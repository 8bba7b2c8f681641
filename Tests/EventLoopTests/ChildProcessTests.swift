// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TestSupport
import Testing

/// The tools of the tests, tested once.
@Suite struct ChildProcessTests {
  @Test func `a program's output, errors and status come back`() async throws {
    let outcome = try await ChildProcess.run(
      "sh", ["-c", "cat; echo $COLOUR; echo no >&2; pwd; exit 3"],
      environment: ["COLOUR": "red", "HOME": ""],
      folder: "/", input: .bytes(Array("given\n".utf8)))
    #expect(outcome.exit == .status(3))
    #expect(outcome.text == "given\nred\n/\n")
    #expect(outcome.errorText == "no\n")
  }

  @Test func `a line is awaited, and a server ends when told`() async throws {
    let child = try await ChildProcess.start("sh", ["-c", "echo ready now; exec sleep 100"])
    #expect(try await child.line(containing: "ready") == "ready now")
    #expect(try await child.terminate() == .signal(SIGTERM))
  }

  @Test func `a line that cannot come any more is a failure`() async throws {
    let child = try await ChildProcess.start("sh", ["-c", "echo something else"])
    await #expect(throws: TestFailure.self) { try await child.line(containing: "ready") }
  }

  @Test func `a program that does not exist ends with 127`() async throws {
    let outcome = try await ChildProcess.run("no-such-program")
    #expect(outcome.exit == .status(127))
  }

  @Test func `a folder is gone with its last reference`() throws {
    var folder: TemporaryFolder? = try TemporaryFolder()
    let path = try #require(try folder?.write("text", to: "file"))
    #expect(unsafe access(path, F_OK) == 0)
    folder = nil
    #expect(unsafe access(path, F_OK) != 0)
  }
}
