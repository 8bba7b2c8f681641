// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport

/// What surrounds every test of the client: broken pipes are ignored, as the executable does it at its
/// start, it may open all the descriptors the system allows, and the environment names a proxy that does not answer.
private let hostileEnvironment: Void = {
  _ = signal(SIGPIPE, SIG_IGN)
  var limits = rlimit()
  unsafe getrlimit(CInt(RLIMIT_NOFILE.rawValue), &limits)
  limits.rlim_cur = limits.rlim_max
  unsafe setrlimit(CInt(RLIMIT_NOFILE.rawValue), &limits)
  for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
    unsafe setenv(name, "http://127.0.0.1:1", 1)
  }
  for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
}()

/// A client of its own, so that no other test uses its connections.
func makeClient(
  _ change: (inout HTTPClient.Configuration) -> Void = { _ in }
) throws -> HTTPClient {
  hostileEnvironment
  var configuration = HTTPClient.Configuration()
  configuration.allowsPlainHTTP = true
  change(&configuration)
  return try HTTPClient(loop: TestLoop.shared, configuration: configuration)
}

extension HTTPClient {
  func get(
    _ url: String, limit: Duration = .seconds(10), answerLimit: Int = 1 << 20,
    isRepeatable: Bool = true
  ) async throws(HTTPClientError) -> Answer {
    try await send(
      OutgoingRequest(
        url: url, limit: limit, answerLimit: answerLimit, isRepeatable: isRepeatable))
  }

  /// The error of a request that has to fail.
  func failure(
    _ url: String, limit: Duration = .seconds(10), answerLimit: Int = 1 << 20,
    isRepeatable: Bool = true
  ) async -> HTTPClientError? {
    do throws(HTTPClientError) {
      _ = try await get(url, limit: limit, answerLimit: answerLimit, isRepeatable: isRepeatable)
      return nil
    } catch {
      return error
    }
  }
}

extension Answer {
  var text: String { String(decoding: body, as: UTF8.self) }
}
