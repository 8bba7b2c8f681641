// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Logging

/// What an error means outside: a status, words for the visitor, and words for the log.
struct ErrorPage {
  /// What happened and what to do next, in plain words.
  struct Wording: Equatable {
    /// The one link of the page.
    enum Action {
      case pictures
      case signIn
      case again

      var path: String {
        switch self {
        case .pictures, .again: Route.gallery.path
        case .signIn: Route.login(then: .gallery).path
        }
      }

      var label: Word {
        switch self {
        case .pictures: .toYourPictures
        case .signIn: .signIn
        case .again: .tryAgain
        }
      }
    }

    let heading: Word
    let explanation: Word
    let nextStep: Word
    let action: Action
  }

  let status: HTTPResponse.Status
  let wording: Wording
  let cause: String
  let level: Logger.Level
  /// Seconds after which another try makes sense.
  var retryAfter: Int?

  private init(
    _ status: HTTPResponse.Status, _ wording: Wording, cause: String, level: Logger.Level,
    retryAfter: Int? = nil
  ) {
    self.status = status
    self.wording = wording
    self.cause = cause
    self.level = level
    self.retryAfter = retryAfter
  }

  init(_ error: GalleryError) {
    switch error {
    case .invalid(let reason):
      self.init(.badRequest, .invalid, cause: reason, level: .info)
    case .staleAuthorization(let reason):
      self.init(.badRequest, .staleAuthorization, cause: reason, level: .info)
    case .unauthenticated:
      self.init(.unauthorized, .unauthenticated, cause: "not signed in", level: .info)
    case .forbidden(let reason):
      self.init(.forbidden, .forbidden, cause: reason, level: .warning)
    case .notFound:
      self.init(.notFound, .notFound, cause: "not found", level: .info)
    case .methodNotAllowed(let allow):
      self.init(.methodNotAllowed, .methodNotAllowed, cause: "allowed: \(allow)", level: .info)
    case .tooLarge(let limit):
      self.init(.contentTooLarge, .tooLarge, cause: "over \(limit) bytes", level: .info)
    case .unrenderable(let obstacle):
      self.init(
        obstacle == .kind ? .unsupportedMediaType : .unprocessableContent,
        .unrenderable(obstacle), cause: "Dropbox: \(obstacle.rawValue)", level: .info)
    case .tooManyRequests:
      self.init(
        .tooManyRequests, .tooManyRequests, cause: "limited by the web server", level: .info,
        retryAfter: 10)
    case .sessionEnded(let reason):
      self.init(.seeOther, .unauthenticated, cause: reason, level: .notice)
    case .unavailable(let dependency, let seconds, let cause):
      self.init(
        .serviceUnavailable, .unavailable(dependency), cause: "\(dependency.rawValue): \(cause)",
        level: .error, retryAfter: seconds)
    case .badGateway(let dependency, let cause):
      self.init(
        .badGateway, .badGateway(dependency), cause: "\(dependency.rawValue): \(cause)",
        level: .error)
    case .fault(let cause):
      self.init(.internalServerError, .fault, cause: cause, level: .error)
    }
  }
}

extension ErrorPage.Wording {
  static let invalid = Self(
    heading: .invalidHeading, explanation: .invalidText, nextStep: .invalidNext, action: .pictures)

  static let staleAuthorization = Self(
    heading: .staleAuthorizationHeading, explanation: .staleAuthorizationText,
    nextStep: .staleAuthorizationNext, action: .signIn)

  static let unauthenticated = Self(
    heading: .unauthenticatedHeading, explanation: .unauthenticatedText,
    nextStep: .unauthenticatedNext, action: .signIn)

  static let forbidden = Self(
    heading: .forbiddenHeading, explanation: .forbiddenText, nextStep: .forbiddenNext,
    action: .signIn)

  static let notFound = Self(
    heading: .notFoundHeading, explanation: .notFoundText, nextStep: .notFoundNext,
    action: .pictures)

  static let methodNotAllowed = Self(
    heading: .methodNotAllowedHeading, explanation: .methodNotAllowedText,
    nextStep: .methodNotAllowedNext, action: .pictures)

  static let tooLarge = Self(
    heading: .tooLargeHeading, explanation: .tooLargeText, nextStep: .tooLargeNext,
    action: .pictures)

  static func unrenderable(_ obstacle: GalleryError.Obstacle) -> Self {
    let reason: Word =
      switch obstacle {
      case .kind: .unrenderableKind
      case .file: .unrenderableFile
      case .conversion: .unrenderableConversion
      case .encryption: .unrenderableEncryption
      case .length: .unrenderableLength
      case .content: .unrenderableContent
      }
    return Self(
      heading: .unrenderableHeading, explanation: reason, nextStep: .unrenderableNext,
      action: .pictures)
  }

  static let tooManyRequests = Self(
    heading: .tooManyRequestsHeading, explanation: .tooManyRequestsText,
    nextStep: .tooManyRequestsNext, action: .again)

  static let fault = Self(
    heading: .faultHeading, explanation: .faultText, nextStep: .faultNext, action: .again)

  static func unavailable(_ dependency: GalleryError.Dependency) -> Self {
    switch dependency {
    case .redis:
      Self(
        heading: .unavailableRedisHeading, explanation: .unavailableRedisText,
        nextStep: .unavailableRedisNext, action: .again)
    case .dropbox:
      Self(
        heading: .unavailableDropboxHeading, explanation: .unavailableDropboxText,
        nextStep: .unavailableDropboxNext, action: .again)
    }
  }

  /// A visitor has never heard of Redis.
  static func badGateway(_ dependency: GalleryError.Dependency) -> Self {
    switch dependency {
    case .redis: .fault
    case .dropbox:
      Self(
        heading: .badGatewayHeading, explanation: .badGatewayText, nextStep: .badGatewayNext,
        action: .again)
    }
  }
}
