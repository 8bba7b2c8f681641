// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Gallery
import Redis

/// Everything the service can be told, checked: a value of this type can be served with.
struct ServiceConfiguration: Sendable {
  /// `APP_ENV`
  enum Mode: String, Sendable {
    case production
    /// Allows plain http, shows causes on error pages, reads views again for each page.
    case development
  }

  let app: DropboxApp
  let origins: DropboxOrigins
  let site: Site
  /// `DBX_APP_FOLDER`
  let folder: AppFolder
  let secrets: SessionSecrets
  let redis: RedisAddress
  let redisTLS: RedisTLS
  let mode: Mode
  /// `FCGI_SOCKET`, if it is set.
  let socket: String?
  let maxInFlight: Int
  /// The folder of the views.
  let views: String
  /// `PUBLIC`: where the files are that the web server serves, if their addresses shall carry a version.
  let publicFolder: String?
  let observation: ObservationSettings

  init(_ settings: Settings) throws(Settings.Failure) {
    mode = try Self.mode(settings)
    let redirectURL = try Self.redirectURL(settings)
    guard let site = Site(redirectURL: redirectURL, allowsPlainHTTP: mode == .development) else {
      throw Settings.Failure(name: "OAUTH_REDIRECT_URL", problem: "is not an absolute URL")
    }
    self.site = site
    folder = try Self.folder(settings)
    app = DropboxApp(
      key: try Self.token("DBX_APP_KEY", settings),
      secret: Secret(try Self.token("DBX_APP_SECRET", settings)), redirectURL: redirectURL)
    let standard = DropboxOrigins()
    origins = DropboxOrigins(
      authorize: try Self.origin("DBX_OAUTH_DOMAIN", settings) ?? standard.authorize,
      api: try Self.origin("DBX_API_DOMAIN", settings) ?? standard.api,
      content: try Self.origin("DBX_CONTENT_DOMAIN", settings) ?? standard.content)
    guard let secrets = SessionSecrets(list: try settings.required("SESSION_ID_SECRET")) else {
      throw Settings.Failure(
        name: "SESSION_ID_SECRET",
        problem: "needs \(SessionSecrets.minimumBytes) bytes or more in each secret of its list")
    }
    self.secrets = secrets
    redis = try Self.redis(settings)
    redisTLS = try Self.tls(for: redis, settings)
    socket = try settings.value("FCGI_SOCKET")
    maxInFlight = try Self.maxInFlight(settings)
    views = try settings.value("VIEWS") ?? "views"
    // In development files change while the service runs, and a version would promise that they do not.
    publicFolder = mode == .production ? try settings.value("PUBLIC") : nil
    observation = try ObservationSettings(settings)
  }

  private static func mode(_ settings: Settings) throws(Settings.Failure) -> Mode {
    guard let text = try settings.value("APP_ENV") else { return .production }
    guard let mode = Mode(rawValue: text) else {
      throw Settings.Failure(name: "APP_ENV", problem: "is neither production nor development")
    }
    return mode
  }

  private static func redirectURL(_ settings: Settings) throws(Settings.Failure) -> String {
    let name = "OAUTH_REDIRECT_URL"
    let text = try settings.required(name)
    guard let address = WebAddress(text), address.path == "/oauthredirect" else {
      throw Settings.Failure(
        name: name, problem: "is not an absolute URL whose path is /oauthredirect")
    }
    guard address.isSecureOrLoopback else {
      throw Settings.Failure(name: name, problem: "needs https, or http on a loopback host")
    }
    return text
  }

  private static func folder(_ settings: Settings) throws(Settings.Failure) -> AppFolder {
    let name = "DBX_APP_FOLDER"
    guard let text = try settings.value(name) else { return AppFolder() }
    guard let folder = AppFolder(name: text) else {
      throw Settings.Failure(name: name, problem: "is not the name of one folder")
    }
    return folder
  }

  private static func origin(
    _ name: String, _ settings: Settings
  ) throws(Settings.Failure) -> String? {
    guard let text = try settings.value(name) else { return nil }
    guard let address = WebAddress(text), address.path.isEmpty || address.path == "/" else {
      throw Settings.Failure(name: name, problem: "is not an origin like https://host")
    }
    guard address.isSecureOrLoopback else {
      throw Settings.Failure(name: name, problem: "needs https, or http on a loopback host")
    }
    return address.origin
  }

  /// A key or a secret of the app, as Dropbox's console shows it.
  private static func token(
    _ name: String, _ settings: Settings
  ) throws(Settings.Failure) -> String {
    let text = try settings.required(name)
    guard text.utf8.count <= 256, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw Settings.Failure(name: name, problem: "is not a word of printable ASCII characters")
    }
    return text
  }

  private static func redis(_ settings: Settings) throws(Settings.Failure) -> RedisAddress {
    let text = try settings.value("REDIS_URL") ?? "redis://127.0.0.1:6379"
    do {
      return try RedisAddress(parsing: text)
    } catch {
      throw Settings.Failure(name: "REDIS_URL", problem: "\(error)")
    }
  }

  /// Three PEM texts, or, as `NAME_FILE`, files of it.
  private static func tls(
    for address: RedisAddress, _ settings: Settings
  ) throws(Settings.Failure) -> RedisTLS {
    var tls = RedisTLS()
    tls.names.authorities = "REDIS_CA_FILE"
    tls.names.certificate = "REDIS_CERT_FILE"
    tls.names.key = "REDIS_KEY_FILE"
    tls.authorities = try pem("REDIS_CA", kind: "CERTIFICATE", for: address, settings)
    tls.certificate = try pem("REDIS_CERT", kind: "CERTIFICATE", for: address, settings)
    tls.key = try pem("REDIS_KEY", kind: "PRIVATE KEY", for: address, settings)
    guard (tls.certificate == nil) == (tls.key == nil) else {
      let (name, other) =
        tls.key == nil ? ("REDIS_CERT", "REDIS_KEY") : ("REDIS_KEY", "REDIS_CERT")
      throw Settings.Failure(name: name, problem: "is set, and \(other) is not")
    }
    return tls
  }

  private static func pem(
    _ name: String, kind: String, for address: RedisAddress, _ settings: Settings
  ) throws(Settings.Failure) -> String? {
    guard let text = try settings.value(name) else { return nil }
    guard address.usesTLS else {
      throw Settings.Failure(name: name, problem: "is set, and REDIS_URL speaks no TLS (rediss)")
    }
    guard text.contains("\(kind)-----"), text.contains("-----BEGIN ") else {
      throw Settings.Failure(name: name, problem: "holds no \(kind.lowercased()) in PEM")
    }
    return text
  }

  private static func maxInFlight(_ settings: Settings) throws(Settings.Failure) -> Int {
    let name = "FCGI_MAX_IN_FLIGHT"
    guard let text = try settings.value(name) else { return 4096 }
    guard let number = Int(text), 1...65_536 ~= number else {
      throw Settings.Failure(name: name, problem: "is not a whole number from 1 to 65536")
    }
    return number
  }
}
