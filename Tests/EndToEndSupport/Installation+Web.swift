// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

extension Installation {
  /// Where a web server listens, and what it needs besides.
  struct Web: Sendable {
    let front: Front
    /// The folder of its files.
    let runtime: String
    let port: UInt16
    /// That of plain http, which leads to the other; unused without TLS.
    let plainPort: UInt16
    /// The folder of certificate and key; nil without TLS.
    let certificate: Certificate?
    /// How long a slow client may take, in seconds; nil for as long as in production.
    var limit: Int?
    /// How many requests of one client may be in flight at nginx; `nil` for as many as in production.
    var inFlightLimit: Int?
    /// Whether visitors' addresses come in `X-Forwarded-For`, as operators set it up behind a proxy.
    var isBehindProxy = false
    /// What answers behind mod_fcgid.
    var program = Project.program

    var site: String { "\(certificate == nil ? "http" : "https")://localhost:\(port)" }

    /// What its log of errors holds so far.
    var errors: String? {
      try? String(
        contentsOfFile: runtime + (front.isApache ? "/apache-error.log" : "/nginx-error.log"),
        encoding: .utf8)
    }

    static func prepare(
      _ front: Front, _ folder: TemporaryFolder, limit: Int? = nil, isExpired: Bool = false,
      isBehindProxy: Bool = false, inFlightLimit: Int? = nil, certificate given: Certificate? = nil
    ) async throws -> Web {
      let runtime = try folder.makeFolder("web")
      var certificate: Certificate?
      if front.isSite {
        if let given {
          certificate = given
        } else {
          certificate = try await Certificate.make(
            in: try folder.makeFolder("certificate"), isExpired: isExpired)
        }
        try await PublicFiles.copy(to: runtime + "/public")
      }
      return Web(
        front: front, runtime: runtime, port: try FreePort.find(),
        plainPort: try FreePort.find(), certificate: certificate, limit: limit,
        inFlightLimit: inFlightLimit, isBehindProxy: isBehindProxy)
    }

    /// What the service is told of it.
    var settings: [String: String] {
      var settings = [
        "OAUTH_REDIRECT_URL": site + "/oauthredirect", "VIEWS": Project.root + "/views",
      ]
      guard front.isSite else { return settings.merging(["APP_ENV": "development"]) { $1 } }
      settings["APP_ENV"] = "production"
      // Behind mod_fcgid the service is www-data, and sees what is in Apache's folder.
      settings["PUBLIC"] = runtime + "/public"
      if front == .apacheFcgid { settings["VIEWS"] = runtime + "/views" }
      return settings
    }

    func start(
      socket: String, _ settings: [String: String], _ arguments: [String] = []
    ) async throws -> ChildProcess {
      var environment = [
        "RUNTIME": runtime, "PORT": "\(port)", "PLAIN_PORT": "\(plainPort)", "FCGI_SOCKET": socket,
        "PROGRAM": program, "CERTIFICATE": certificate?.folder ?? "",
        "LIMIT": limit.map { "\($0)" } ?? "",
        "IN_FLIGHT": inFlightLimit.map { "\($0)" } ?? "",
        "KEEP_CONN": front.keepsConnections ? "on" : "off",
      ]
      guard front.isApache else {
        if isBehindProxy { try trustProxy() }
        return try await ChildProcess.start(
          Project.root + "/conf/nginx/serve", arguments, environment: environment)
      }
      environment["FCGI_SOCKET"] = front.isApacheProxy ? socket : ""
      let lines = settings.map {
        let value = $0.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "FcgidInitialEnv \($0.key) \"\(value)\"\n"
      }
      try Data(lines.joined().utf8).write(to: URL(filePath: runtime + "/settings.conf"))
      let way = front.isApacheProxy ? "proxy_fcgi" : "fcgid"
      let proxy =
        isBehindProxy ? ["-C", "Define GALLERY_VISITOR \"%{req:X-Forwarded-For}\""] : []
      return try await ChildProcess.start(
        Project.root + "/conf/apache/serve", [way] + arguments + proxy, environment: environment)
    }

    private func trustProxy() throws {
      try FileManager.default.createDirectory(
        atPath: runtime + "/more", withIntermediateDirectories: false)
      try Data("set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;\n".utf8)
        .write(to: URL(filePath: runtime + "/more/proxy.conf"))
    }
  }
}
