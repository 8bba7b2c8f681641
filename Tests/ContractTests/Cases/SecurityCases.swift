// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension ContractCase {
  private static let page = "private, no-store"
  private static let kept = "public, max-age=31536000, immutable"

  static let security = [
    ContractCase("each response of the service has each security field once", needs: .tls) {
      contract async throws in
      let visitor = contract.installation.visitor()
      for (path, status) in [
        ("/", 302), ("/login", 302), ("/welcome", 200), ("/nowhere", 404),
        ("/assets/none.css", 404), ("/albums/AAAA/cover", 401),
      ] {
        expectFields(of: .service, try await visitor.send(path), status, page, path)
      }
      let put = try await visitor.send("/welcome", method: .put)
      expectFields(of: .service, put, 405, page, "PUT")
      expectFields(of: .service, try await contract.client.send("/"), 200, page, "the gallery")
      let rendition = try await contract.client.send(try contract.rendition(1024))
      let immutable = "private, max-age=31536000, immutable"
      expectFields(of: .service, rendition, 200, immutable, "a rendition")
      let callback = try await visitor.signIn()
      expectFields(of: .service, callback, 303, page, "the callback")
      for cookie in callback.fields[values: .setCookie] {
        let isStrict =
          cookie.wholeMatch(
            of: /__Host-\w+=[^;]*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure/) != nil
        #expect(isStrict, "\(cookie.prefix(20))")
      }
    },
    ContractCase("each file has its security fields once, and a time to keep it", needs: .tls) {
      contract async throws in
      let visitor = contract.installation.visitor()
      let welcome = try await visitor.send("/welcome").text
      let versioned = try #require(welcome.firstMatch(of: /\/assets\/v-[0-9a-f]{12}/)).output
      for (path, cache) in [
        ("/assets/page.css", "no-cache"), ("/assets/gallery/list.js", "no-cache"),
        ("/assets/icons/icon-64.png", "no-cache"), ("\(versioned)/page.css", kept),
        ("\(versioned)/gallery/list.js", kept), ("\(versioned)/icons/icon-64.png", kept),
        ("/assets/jquery/3.6.1/jquery.min.js", kept),
      ] {
        expectFields(of: .webServer, try await visitor.send(path), 200, cache, path)
        let packed = try await visitor.send(path, fields: [.acceptEncoding: "gzip"])
        expectFields(of: .webServer, packed, 200, cache, path + " with gzip")
      }
      // What does not exist now may exist after an upgrade.
      for path in ["\(versioned)/none.css", "/assets/jquery/3.6.1/none.js"] {
        expectFields(of: .service, try await visitor.send(path), 404, page, path)
      }
    },
  ]

  /// The origin of a response: the service, or the web server for its files.
  enum Origin {
    case service
    case webServer

    fileprivate var fields: [String: [String]] {
      let common = [
        "Cross-Origin-Embedder-Policy": ["require-corp"],
        "Cross-Origin-Opener-Policy": ["same-origin"],
        "Cross-Origin-Resource-Policy": ["same-origin"], "Referrer-Policy": ["no-referrer"],
        "X-Content-Type-Options": ["nosniff"],
        "Strict-Transport-Security": ["max-age=63072000; includeSubDomains"],
      ]
      return common.merging(self == .service ? Self.ofService : Self.ofWebServer) { $1 }
    }

    private static let ofService = [
      "Content-Security-Policy": [
        """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
        connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
        form-action 'self'; frame-ancestors 'none'
        """
      ], "Origin-Agent-Cluster": ["?1"],
      "Permissions-Policy": ["camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
      "X-Frame-Options": ["DENY"],
    ]

    private static let ofWebServer = [
      "Content-Security-Policy": [
        """
        default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
        form-action 'none'; frame-ancestors 'none'
        """
      ]
    ]

    fileprivate static let names = Set(
      Origin.service.fields.keys.map { String($0) }
        + ["Access-Control-Allow-Origin", "Content-Security-Policy-Report-Only", "X-Powered-By"])
  }

  /// Expects exactly the security fields of the origin, each once, with the status and the value of `Cache-Control`.
  static func expectFields(
    of origin: Origin, _ answer: Answer, _ status: Int, _ cache: String, _ name: String
  ) {
    var found: [String: [String]] = [:]
    for name in Origin.names {
      guard let field = HTTPField.Name(name) else { continue }
      let values = answer.fields[values: field]
      if !values.isEmpty { found[name] = values }
    }
    #expect(found == origin.fields, "\(name)")
    #expect(answer.status.code == status, "\(name)")
    #expect(answer.fields[values: .cacheControl] == [cache], "\(name)")
  }
}
