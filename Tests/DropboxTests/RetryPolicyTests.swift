// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import Testing

@testable import Dropbox

struct RetryPolicyTests {
  typealias Repetition = RetryPolicy.Repetition

  private func wait(
    _ error: DropboxError, attempt: Int = 1, remaining: Duration = .seconds(10),
    _ repetition: Repetition = .always
  ) -> Duration? {
    var random = SystemRandomNumberGenerator()
    return RetryPolicy(repetition: repetition)
      .wait(after: error, attempt: attempt, remaining: remaining, using: &random)
  }

  private static let unreachable = DropboxError.unavailable(.unreachable(CurlCode(rawValue: 7)))
  private static let interrupted = DropboxError.unavailable(.interrupted(CurlCode(rawValue: 56)))
  private static let outage = DropboxError.unavailable(.status(503))

  @Test(arguments: [Self.unreachable, Self.interrupted, Self.outage])
  func `an outage gets two more attempts, each after a longer wait`(error: DropboxError) {
    for _ in 0..<100 {
      #expect(
        wait(error, attempt: 1).map { .milliseconds(100)...(.milliseconds(300)) ~= $0 } == true)
      #expect(
        wait(error, attempt: 2).map { .milliseconds(300)...(.milliseconds(900)) ~= $0 } == true)
    }
    #expect(wait(error, attempt: 3) == nil)
  }

  @Test func `the waits differ from request to request`() {
    #expect(Set((0..<50).map { _ in wait(Self.outage) }).count > 1)
  }

  @Test(arguments: [(Duration.zero, true), (.seconds(3), true), (.milliseconds(3001), false)])
  func `a throttle is waited for as told when it is short`(told: Duration, isShort: Bool) {
    for repetition in [Repetition.always, .ifUnsent] {
      #expect(wait(.throttled(retryAfter: told), repetition) == (isShort ? told : nil))
    }
    #expect(wait(.throttled(retryAfter: told), attempt: 3) == nil)
  }

  @Test(arguments: [
    DropboxError.expired, .unlinked, .invalidGrant, .invalidClient, .missingScope("a"), .forbidden,
    .notFound, .endpoint(.listFolderContinue(.reset)), .unauthorized(""), .refusedRequest(""),
    .timedOut, .tooLarge(limit: 1),
    .unexpectedAnswer(""), .cancelled,
  ])
  func `everything else is final`(error: DropboxError) {
    #expect(wait(error) == nil)
  }

  @Test func `a code is sent again only when no byte of it left`() {
    #expect(wait(Self.unreachable, .ifUnsent) != nil)
    #expect(wait(Self.interrupted, .ifUnsent) == nil)
    #expect(wait(Self.outage, .ifUnsent) == nil)
  }

  @Test(arguments: [Self.unreachable, Self.outage, .throttled(retryAfter: .zero)])
  func `what must not be repeated is not`(error: DropboxError) {
    #expect(wait(error, .never) == nil)
  }

  @Test func `no wait goes beyond the total limit`() {
    #expect(wait(.throttled(retryAfter: .seconds(2)), remaining: .seconds(2)) == nil)
    #expect(wait(.throttled(retryAfter: .seconds(2)), remaining: .seconds(3)) == .seconds(2))
    #expect(wait(Self.outage, remaining: .milliseconds(50)) == nil)
  }
}
