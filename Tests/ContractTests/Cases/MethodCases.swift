// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension ContractCase {
  static let methods = [
    ContractCase("GET of a page, a redirect and an error has status, header and body") {
      contract async throws in
      let visitor = contract.installation.visitor()
      for (path, status) in ["/healthz": 200, "/welcome": 200, "/nowhere": 404, "/": 302] {
        let answer = try await visitor.send(path)
        #expect(answer.status.code == status, "\(path)")
        #expect(answer.fields[values: .xContentTypeOptions] == ["nosniff"], "\(path)")
        #expect(answer.fields[values: .contentSecurityPolicy].count == 1, "\(path)")
      }
      #expect(try await visitor.send("/healthz").text == "ok\n")
      #expect(try await visitor.send("/welcome").text.contains("</html>"))
      #expect(try await visitor.send("/").location == contract.installation.site + "/login")
    },
    ContractCase("HEAD has the header of GET and no body") { contract async throws in
      for path in ["/welcome", try contract.path("download")] {
        let get = try await contract.client.send(path)
        let head = try await contract.client.send(path, method: .head)
        #expect(head.status == get.status, "\(path)")
        #expect(head.body.isEmpty, "\(path)")
        for name in [HTTPField.Name.contentType, .cacheControl, .eTag] {
          #expect(head.fields[values: name] == get.fields[values: name], "\(path) \(name)")
        }
      }
      let head = try await contract.client.send(try contract.path("download"), method: .head)
      #expect(head.fields[.contentLength] == "\(Contract.bytes.count)")
    },
    ContractCase("a method that a path does not allow is 405 with Allow") { contract async throws in
      for method in [HTTPRequest.Method.put, .delete, .patch] {
        let answer = try await contract.client.send("/welcome", method: method)
        #expect(answer.status == .methodNotAllowed, "\(method)")
        #expect(answer.fields[.allow]?.contains("GET") == true, "\(method)")
      }
    },
    ContractCase("each Set-Cookie of a response arrives as a field of its own") {
      contract async throws in
      let visitor = contract.installation.visitor()
      let answer = try await visitor.signIn()
      #expect(answer.fields[values: .setCookie].count >= 2)
      #expect(visitor.cookie("session") != nil && visitor.cookie("login") == nil)
      #expect(try await visitor.send("/").status == .ok)
    },
  ]
}
