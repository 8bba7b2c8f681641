// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The words that Swift code asks for. The raw value is the key in the tables, which must hold each of them; templates
/// name others by themselves.
enum Word: String, CaseIterable, Sendable {
  // Titles of pages.
  case emptyTitle, galleryTitle, signOutTitle, welcomeTitle

  // The gallery.
  case picturesInFolderOne, picturesInFolderMany, picturesInAlbumOne, picturesInAlbumMany
  case picturesOne, picturesMany, picturesSoFar, picturesAtLeast, albumsOne, albumsMany
  case pageOf, othersOne, othersMany
  case orderNewest, orderOldest, orderName, orderNameDown

  // The empty folder.
  case emptyLead, emptyLeadNamed, emptyGo, emptyGoNamed

  // What happened before somebody came to the welcome page.
  case noticeSignOut, noticeRefusal, noticeExpiry

  // Errors: what happened, why, and what to do next.
  case badGatewayHeading, badGatewayText, badGatewayNext
  case faultHeading, faultText, faultNext
  case forbiddenHeading, forbiddenText, forbiddenNext
  case invalidHeading, invalidText, invalidNext
  case methodNotAllowedHeading, methodNotAllowedText, methodNotAllowedNext
  case notFoundHeading, notFoundText, notFoundNext
  case staleAuthorizationHeading, staleAuthorizationText, staleAuthorizationNext
  case tooLargeHeading, tooLargeText, tooLargeNext
  case tooManyRequestsHeading, tooManyRequestsText, tooManyRequestsNext
  case unauthenticatedHeading, unauthenticatedText, unauthenticatedNext
  case unavailableDropboxHeading, unavailableDropboxText, unavailableDropboxNext
  case unavailableRedisHeading, unavailableRedisText, unavailableRedisNext
  case unrenderableHeading, unrenderableNext
  case unrenderableKind, unrenderableFile, unrenderableConversion, unrenderableEncryption
  case unrenderableLength, unrenderableContent
  case retryAfterOne, retryAfterMany
  case signIn, toYourPictures, tryAgain

  /// The names between braces that its text must have, and no others.
  var parts: Set<String> {
    switch self {
    case .picturesInFolderMany, .othersMany, .retryAfterMany: ["count"]
    case .picturesMany, .picturesSoFar, .picturesAtLeast, .albumsMany: ["count"]
    case .picturesInAlbumOne: ["album"]
    case .picturesInAlbumMany: ["album", "count"]
    case .pageOf: ["page", "pages"]
    case .emptyLeadNamed, .emptyGoNamed: ["folder"]
    default: []
    }
  }
}
