// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTPTypes
import Testing

@testable import Gallery

struct DropboxFailureTests {
  @Test(
    arguments: [
      (.notFound, 404, nil), (.endpoint(.temporaryLink(.unsupportedFile)), 404, nil),
      (.endpoint(.download(.unsupportedFile)), 404, nil),
      (.endpoint(.path(.notFolder)), 404, nil), (.endpoint(.path(.notFile)), 404, nil),
      (.endpoint(.path(.malformedPath)), 404, nil),
      (.endpoint(.thumbnail(.unsupportedExtension)), 415, nil),
      (.endpoint(.thumbnail(.unsupportedImage)), 422, nil),
      (.endpoint(.thumbnail(.conversionError)), 422, nil),
      (.endpoint(.thumbnail(.encryptedContent)), 422, nil),
      (.endpoint(.path(.restrictedContent)), 502, nil), (.endpoint(.unknown("")), 502, nil),
      (.endpoint(.unknown("unsupported_extension")), 502, nil),
      (.endpoint(.temporaryLink(.emailNotVerified)), 502, nil),
      (.endpoint(.listFolderContinue(.reset)), 502, nil), (.unauthorized("x"), 502, nil),
      (.throttled(retryAfter: .seconds(20)), 503, 20), (.throttled(retryAfter: .zero), 503, 1),
      (.throttled(retryAfter: .milliseconds(1500)), 503, 2), (.timedOut, 503, 10),
      (.unavailable(.status(500)), 503, 10), (.cancelled, 503, 1), (.forbidden, 403, nil),
      (.unexpectedAnswer("x"), 502, nil), (.tooLarge(limit: 5), 502, nil),
      (.refusedRequest("x"), 502, nil), (.unlinked, 303, nil), (.invalidGrant, 303, nil),
    ] as [(DropboxError, Int, Int?)])
  func `a failure of Dropbox has a status, and a time to come back if there is one`(
    failure: DropboxError, status: Int, retryAfter: Int?
  ) {
    let page = ErrorPage(GalleryError(failure))
    #expect(page.status.code == status)
    #expect(page.retryAfter == retryAfter)
  }

  @Test func `what cannot be drawn has a reason of its own each`() {
    let reasons = GalleryError.Obstacle.allCases.map {
      ErrorPage(.unrenderable($0)).wording.explanation
    }
    #expect(Set(reasons).count == GalleryError.Obstacle.allCases.count)
  }
}
