// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// An account at the stand-in that belongs to one test, and the installation that tests share.
final class TestAccount: Sendable {
  private static let lastNumber = Atomic(0)

  let installation: Installation
  let person: Person
  /// The folder of its pictures.
  let photos: String
  /// Faults, calls and latency of this account alone.
  let dropbox: StandIn.Account
  /// What the web server takes for the address of this test's visitors.
  let address: String

  var site: String { installation.site }

  private init(
    installation: Installation, person: Person, photos: String, dropbox: StandIn.Account,
    address: String
  ) {
    self.installation = installation
    self.person = person
    self.photos = photos
    self.dropbox = dropbox
    self.address = address
  }

  static func add(
    to installation: Installation, pictures: [String], syntheticPictures: Int = 0,
    variesPages: Bool = true
  ) async throws -> TestAccount {
    let number = lastNumber.add(1, ordering: .relaxed).newValue
    let person = Person(id: "test\(number)", givenName: "Tess", surname: "Number \(number)")
    let photos = try installation.folder.makeFolder("photos-\(number)")
    do {
      for name in pictures { try Photographs.copy(to: photos + "/" + name) }
      var content = StandIn.AccountContent(photos: photos)
      content.syntheticPictures = syntheticPictures
      content.variesPages = variesPages
      let dropbox = try await installation.dropbox.addAccount(person, content)
      return TestAccount(
        installation: installation, person: person, photos: photos, dropbox: dropbox,
        address: "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)")
    } catch {
      try? FileManager.default.removeItem(atPath: photos)
      throw error
    }
  }

  /// Ends its grants, and removes its pictures.
  func remove() {
    installation.dropbox.removeAccount(person)
    // What is left goes with the folder of the installation.
    try? FileManager.default.removeItem(atPath: photos)
  }

  func visitor() -> Visitor {
    Visitor(
      site: site, http: installation.http, dropbox: installation.dropbox, person: person,
      address: address)
  }

  func signedInVisitor() async throws -> Visitor {
    let visitor = visitor()
    try await visitor.signIn()
    return visitor
  }

  /// Opens the permanent link of a picture elsewhere. The service reads the changes of a folder when it does not know the
  /// picture, also while it takes its listing for fresh.
  func openLink(to picture: String) async throws {
    let id = try #require(await dropbox.fileID(ofPath: "/" + picture))
    let answer = try await signedInVisitor().send("/pictures/" + id.dropFirst("id:".count))
    guard answer.status == .ok else { throw TestFailure("\(picture): \(answer.status)") }
  }

  /// Makes the service forget the listings of this account, which it takes for fresh for 30 s: a sign-out of any session of
  /// the account does that.
  func forgetListings() async throws {
    try await signedInVisitor().send("/logout", method: .post)
  }
}

extension Browser {
  /// Opens the gallery with a session of its own, which a `Visitor` began. It is quicker than the way through Dropbox's page.
  func signIn(at account: TestAccount) async throws {
    let visitor = try await account.signedInVisitor()
    guard let session = visitor.cookie("session") else { throw TestFailure("no session cookie") }
    try await devTools(
      "Network.setCookie",
      [
        "name": .string(visitor.cookieName("session")), "value": .string(session),
        "url": .string(account.site + "/"), "path": .string("/"), "secure": .bool(true),
        "httpOnly": .bool(true), "sameSite": .string("Lax"),
      ])
    try await open(account.site + "/")
  }

  /// Presses Allow on the page of the stand-in, as the person whose account it is.
  func allow(as account: TestAccount) async throws {
    try await until("document.querySelector('#allow')")
    try await run(
      """
      const choice = document.querySelector('#person');
      if (choice) choice.value = arguments[0];
      """, .string(account.person.id))
    try await click("#allow")
  }
}
