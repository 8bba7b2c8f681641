// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FuzzTargets
import Glibc

// `make test-long` builds this program with libFuzzer, which has a `main` of its own.
#if LIBFUZZER
  /// The target that the environment variable `FUZZ_TARGET` names.
  private let target: FuzzTarget = {
    let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget.named(name) else {
      fatalError("FUZZ_TARGET must be one of \(FuzzTarget.all.map(\.name))")
    }
    return target
  }()

  /// - Source: libFuzzer's `FuzzerInterface.h`.
  @_cdecl("LLVMFuzzerTestOneInput")
  @unsafe public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do throws(FuzzFailure) {
      unsafe try target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
      fatalError("\(target.name): \(error)")
    }
    return 0
  }
#else
  /// Runs a target with files, such as the inputs that libFuzzer saved: `gallery-fuzz TARGET FILE...`.
  @main struct Fuzzer {
    static func main() {
      let arguments = CommandLine.arguments.dropFirst()
      guard let target = arguments.first.flatMap(FuzzTarget.named) else {
        print("usage: gallery-fuzz TARGET FILE...")
        print("targets: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
        exit(2)
      }
      for path in arguments.dropFirst() {
        do {
          try target.run(try FuzzTarget.bytes(ofFile: path))
        } catch {
          print("\(path): \(error)")
          exit(1)
        }
      }
    }
  }
#endif
