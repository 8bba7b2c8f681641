// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension StandIn {
  /// What the stand-in serves, and to which app.
  public struct Options: Sendable {
    /// Ana's folder of pictures; its content is read again at each listing. None is an empty Dropbox.
    public var photos: String?
    /// The folder of a second person, Ben, who has no account without one.
    public var photosOfBen: String?
    /// Pictures in Ana's Dropbox without a file behind them, `/Picture 000001.jpg` and so on, drawn from one image.
    public var syntheticPictures = 0
    /// A folder of JPEG files that the synthetic pictures show, in turns; none is the one image.
    public var samples: String?
    /// Further paths without a file behind them, such as `/Trips/a.jpg`; parents come by themselves.
    public var virtualPaths: [String] = []
    /// Name of the app on the authorize page.
    public var appName = "Dropbox Gallery"
    public var appKey = "standin-app-key"
    public var appSecret = "standin-app-secret"
    /// Exact registered redirect URIs.
    public var redirectURIs: [String] = []
    /// Scopes the app has enabled.
    public var scopes = ["account_info.read", "files.content.read", "files.metadata.read"]
    /// Waited before each answer, on all hosts but control; more than 50 s count as 50 s.
    public var latency: Duration = .zero
    /// The most entries in a page of a listing, 1 to 2000; what Dropbox does without `limit` is 500.
    public var pageLimit = 500
    /// Whether page sizes vary and empty pages come in between, as Dropbox may do.
    public var variesPages = true
    /// Ports on 127.0.0.1; 0 lets the kernel choose.
    public var ports = Ports()

    /// The accounts that exist from the start.
    var accounts: [(person: Person, content: AccountContent)] {
      var ana = AccountContent()
      ana.pageLimit = pageLimit
      ana.variesPages = variesPages
      var ben = ana
      ben.photos = photosOfBen
      ana.photos = photos
      ana.syntheticPictures = syntheticPictures
      ana.samples = samples
      ana.virtualPaths = virtualPaths
      return photosOfBen == nil ? [(.ana, ana)] : [(.ana, ana), (.ben, ben)]
    }

    /// One port for each host.
    public struct Ports: Sendable {
      public var www: UInt16 = 0
      public var api: UInt16 = 0
      public var content: UInt16 = 0
      public var links: UInt16 = 0
      public var control: UInt16 = 0

      public init() {}
    }

    public init(photos: String? = nil, redirectURIs: [String] = []) {
      self.photos = photos
      self.redirectURIs = redirectURIs
    }

    /// A folder of so many pictures that are not there, for large listings.
    public static func synthetic(count: Int, redirectURIs: [String] = []) -> Options {
      var options = Options(redirectURIs: redirectURIs)
      options.syntheticPictures = count
      return options
    }
  }
}
