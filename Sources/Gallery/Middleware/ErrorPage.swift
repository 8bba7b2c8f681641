// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Logging

/// What an error means outside: a status, words for the visitor, and words for the log.
struct ErrorPage {
  /// What happened and what to do next, in plain words.
  struct Wording: Equatable {
    let heading: String
    let explanation: String
    let nextStep: String
    /// The path and the label of the one link.
    let action: (path: String, label: String)

    static func == (left: Wording, right: Wording) -> Bool {
      left.heading == right.heading && left.explanation == right.explanation
        && left.nextStep == right.nextStep && left.action == right.action
    }
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
    heading: "We could not read that request",
    explanation:
      "The address is not one that this gallery writes. A link may have been cut or changed on its way.",
    nextStep: "Go back to your pictures and follow the link from there.",
    action: ("/", "To your pictures"))

  static let staleAuthorization = Self(
    heading: "This sign-in cannot be finished",
    explanation:
      "It took longer than ten minutes, was finished before, or began in another browser.",
    nextStep: "Sign in once more. Nothing of yours was changed.",
    action: ("/login", "Sign in with Dropbox"))

  static let unauthenticated = Self(
    heading: "Please sign in first",
    explanation: "Pictures are shown to their owner only, and this browser is not signed in.",
    nextStep: "Sign in with Dropbox, then open the picture again.",
    action: ("/login", "Sign in with Dropbox"))

  static let forbidden = Self(
    heading: "Dropbox does not allow this",
    explanation: "Your Dropbox account, or what you approved, does not let the gallery read this.",
    nextStep:
      "Sign in again and approve what Dropbox asks. If that does not help, whoever runs this gallery can look the number below up.",
    action: ("/login", "Sign in with Dropbox"))

  static let notFound = Self(
    heading: "There is nothing here",
    explanation:
      "The picture may have been moved or deleted in Dropbox, or the address has a typing error.",
    nextStep: "Go back to your pictures to see what is in the folder now.",
    action: ("/", "To your pictures"))

  static let methodNotAllowed = Self(
    heading: "That does not work here",
    explanation: "The address exists, but it cannot be used in this way.",
    nextStep: "Go back to your pictures.", action: ("/", "To your pictures"))

  static let tooLarge = Self(
    heading: "That was too much at once",
    explanation:
      "This gallery shows pictures and takes no uploads, so it does not accept large requests.",
    nextStep: "To add pictures, put them into the folder in your Dropbox.",
    action: ("/", "To your pictures"))

  static func unrenderable(_ obstacle: GalleryError.Obstacle) -> Self {
    let reason =
      switch obstacle {
      case .kind: "Dropbox makes no previews of this kind of file."
      case .file: "Dropbox makes no preview of this file: it is larger than 20 MB, or damaged."
      case .conversion: "Dropbox could not read this picture: it may be damaged."
      case .encryption: "Dropbox cannot read this picture: it is encrypted."
      }
    return Self(
      heading: "No preview", explanation: reason, nextStep: "Open the original instead.",
      action: ("/", "To your pictures"))
  }

  static let tooManyRequests = Self(
    heading: "Too many requests",
    explanation: "Somebody at your address asked faster than this gallery answers.",
    nextStep: "Wait a few seconds and try again.", action: ("/", "Try again"))

  static let fault = Self(
    heading: "Something broke on our side",
    explanation:
      "This is a mistake in the gallery, not of yours. Your pictures in Dropbox are untouched.",
    nextStep: "Try again. If it stays, tell whoever runs this gallery the number below.",
    action: ("/", "Try again"))

  static func unavailable(_ dependency: GalleryError.Dependency) -> Self {
    switch dependency {
    case .redis:
      Self(
        heading: "Back in a moment",
        explanation:
          "The gallery cannot look up who you are right now. You are still signed in, and your pictures are safe in Dropbox.",
        nextStep: "Wait a few seconds and try again.", action: ("/", "Try again"))
    case .dropbox:
      Self(
        heading: "Dropbox does not answer right now",
        explanation:
          "We asked Dropbox for your pictures and it did not answer in time, or asked us to wait.",
        nextStep: "Wait a little and try again. You stay signed in.", action: ("/", "Try again"))
    }
  }

  static func badGateway(_ dependency: GalleryError.Dependency) -> Self {
    Self(
      heading: "\(dependency.rawValue) answered in a way we do not understand",
      explanation:
        "Something between here and \(dependency.rawValue) is not well. Your pictures are untouched.",
      nextStep: "Try again. If it stays, tell whoever runs this gallery the number below.",
      action: ("/", "Try again"))
  }
}
