// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Dropbox
public import HTTP
internal import HTTPTypes
public import Logging
public import Redis

/// The service: every part of it put together by argument. Neither C nor sockets.
///
/// A request passes the log, the security headers and the error pages, none of which can fail, and then the
/// router, from which on everything throws a `GalleryError`.
public struct Application: Responder {
  private let indexes: FolderIndexes
  private let chain: RequestLog<SecurityHeaders<ErrorPages<Router>>>
  private let telemetry: Telemetry
  private let health: Health
  private let requestIDField: HTTPField.Name?

  /// - Parameters:
  ///   - folder: the app's folder in people's Dropbox.
  ///   - observing: what is counted, and how requests are named and logged.
  ///   - showsCauses: whether error pages show the cause; in development only.
  ///   - endsWithAnswer: whether the process answers one request only, so that nothing can be read after it.
  ///   - former: an application for the same Dropbox app, whose listings are known already.
  public init(
    site: Site, folder: AppFolder = AppFolder(), secrets: SessionSecrets, redis: RedisClient,
    dropbox: Dropbox, views: Views, logger: Logger, observing: Observing = Observing(),
    showsCauses: Bool = false, endsWithAnswer: Bool = false, clock: ServiceClock = ServiceClock(),
    continuing former: Application? = nil
  ) {
    let cookies = SessionCookies(secrets: secrets, isSecure: site.isSecure)
    let sessions = Sessions(redis: redis, cookies: cookies, dropbox: dropbox, now: clock.now)
    let visitors = Visitors(views: views, sessions: sessions, folder: folder)
    let indexes =
      former?.indexes
      ?? FolderIndexes(
        waitsForAll: endsWithAnswer, logger: logger, now: clock.instant)
    self.indexes = indexes
    telemetry = observing.telemetry
    requestIDField = observing.requestIDField
    health = Health(redis: redis)
    let router = Router(
      sessions: sessions,
      signIn: SignIn(
        dropbox: dropbox, redis: redis, sessions: sessions, cookies: cookies, site: site),
      signOut: SignOut(
        dropbox: dropbox, sessions: sessions, indexes: indexes, cookies: cookies, site: site,
        views: views, visitors: visitors, logger: logger),
      welcome: Welcome(views: views, visitors: visitors),
      folderPage: FolderPage(
        sessions: sessions, indexes: indexes,
        trails: Trails(sessions: sessions, indexes: indexes),
        orders: OrderCookie(isSecure: site.isSecure), views: views, visitors: visitors),
      cover: AlbumCover(sessions: sessions, indexes: indexes, site: site),
      pictures: PictureFiles(sessions: sessions),
      downloads: Downloads(sessions: sessions),
      details: DetailsOfPicture(sessions: sessions),
      health: health, site: site)
    let pages = ErrorPages(
      views: views, visitors: visitors, cookies: cookies, site: site, showsCauses: showsCauses,
      logger: logger, next: router)
    chain = RequestLog(
      logger: logger, telemetry: telemetry, accounts: AccountTags(secrets: secrets),
      slowLimit: observing.slowLimit,
      next: SecurityHeaders(isSecure: site.isSecure, next: pages))
  }

  public func respond(to request: Request) async -> Response {
    guard let requestIDField, let id = request.fields[requestIDField].flatMap(RequestID.parse)
    else { return await chain.respond(to: RoutedRequest(request)) }
    var request = request
    request.id = id
    return await chain.respond(to: RoutedRequest(request))
  }

  /// The pages for those who run the service.
  ///
  /// - Parameter figures: what the process tells of itself, each time somebody asks.
  public func operatorPages(
    figures: @escaping @Sendable () -> ProcessFigures
  ) -> OperatorPages {
    OperatorPages(telemetry: telemetry, health: health, indexes: indexes, figures: figures)
  }
}
