// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The API routes over one person's Dropbox: checks what all have in common, then hands over to the one that was asked.
struct API: Sendable {
  let person: Person
  let content: StandIn.AccountContent
  let authorizations: Authorizations
  let folder: AppFolder
  let listings: Listings
  let links: TemporaryLinks
  let thumbnails: Thumbnails

  /// Name of the route as in the call log; nothing for paths that are no route of this host.
  static func route(of call: Call) -> APIRoute? {
    guard call.path.hasPrefix("/2/"), let route = APIRoute(rawValue: String(call.path.dropFirst(3)))
    else { return nil }
    return route
  }

  func answer(_ call: Call) async -> Answer {
    let name = call.path.hasPrefix("/2/") ? String(call.path.dropFirst(3)) : call.path
    do throws(Refusal) {
      guard let route = API.route(of: call), route.host == call.host else { throw .noRoute }
      guard call.method == "POST" || (call.method == "GET" && route.style == .download) else {
        throw .methodNotAllowed
      }
      let token = try API.bearerToken(call)
      try authorizations.check(token, scope: route.scope)
      return try await answer(route, call, token: token)
    } catch {
      return error.answer(for: name)
    }
  }

  private func answer(_ route: APIRoute, _ call: Call, token: String) async throws(Refusal)
    -> Answer
  {
    switch route.style {
    case .void:
      try checkVoid(call)
      guard route == .revokeToken else { return .json(200, person.account) }
      authorizations.revokeFamily(of: token)
      return .json(200, .null)
    case .rpc:
      let arguments = try rpcArguments(call)
      switch route {
      case .listFolder: return try await listFolder(arguments)
      case .listFolderContinue: return try await listFolderContinue(arguments)
      case .getLatestCursor: return try await getLatestCursor(arguments)
      case .getMetadata: return try await getMetadata(arguments)
      case .getTemporaryLink: return try await getTemporaryLink(arguments)
      default: return try await getThumbnailBatch(arguments)
      }
    case .download:
      let arguments = try downloadArguments(call)
      return route == .download
        ? try await download(arguments, call) : try await getThumbnail(arguments)
    }
  }

  static func bearerToken(_ call: Call) throws(Refusal) -> String {
    guard let value = call.field("Authorization") ?? call.query["authorization"] else {
      throw .badRequest(
        "Must provide HTTP header \"Authorization\" or URL parameter \"authorization\".")
    }
    guard value.hasPrefix("Bearer "), value.utf8.count > 7 else {
      throw .badRequest(
        "Invalid authorization value in HTTP header \"Authorization\". Expecting \"Bearer <token>\"."
      )
    }
    return String(value.dropFirst(7))
  }
}
