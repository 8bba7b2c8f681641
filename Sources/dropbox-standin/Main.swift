// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dispatch
import DropboxStandIn
import Foundation

@main
struct Command: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dropbox-standin",
    abstract: "A local Dropbox that serves a folder of pictures.",
    discussion: """
      Prints one line of JSON with the origins of its hosts once they answer, and ends at SIGTERM \
      or SIGINT. The host "control" takes faults and moves the clock.
      """)

  @Option(help: "Folder of pictures to serve.")
  var photos: String?

  @Option(help: "Folder of a second person, who is not there without one.")
  var photosOfBen: String?

  @Option(help: "Pictures without a file behind them.")
  var synthetic = 0

  @Option(help: "Folder of JPEG files that those show, in turns.")
  var samples: String?

  @Option(help: "App key.")
  var appKey = StandIn.Options().appKey

  @Option(help: "App secret.")
  var appSecret = StandIn.Options().appSecret

  @Option(help: "Name of the app on the authorize page.")
  var appName = StandIn.Options().appName

  @Option(help: "A registered redirect URI; may stand there several times.")
  var redirectURI: [String] = []

  @Option(help: "Milliseconds to wait before each answer.")
  var latency = 0

  @Option(help: "The most entries in a page of a listing, 1 to 2000.")
  var pageLimit = StandIn.Options().pageLimit

  @Flag(help: "Page sizes stay the same and no page is empty.")
  var steadyPages = false

  @Option(help: "Port of the authorize page; 0 lets the kernel choose.")
  var portWWW: UInt16 = 0

  @Option(help: "Port of the token endpoint and the RPC routes.")
  var portAPI: UInt16 = 0

  @Option(help: "Port of the content routes.")
  var portContent: UInt16 = 0

  @Option(help: "Port of temporary links.")
  var portLinks: UInt16 = 0

  @Option(help: "Port of the control host.")
  var portControl: UInt16 = 0

  func validate() throws {
    guard (1...2000).contains(pageLimit) else {
      throw ValidationError("--page-limit must be 1 to 2000")
    }
    guard (0...50_000).contains(latency) else {
      throw ValidationError("--latency must be 0 to 50000")
    }
    guard (0...1_000_000).contains(synthetic) else {
      throw ValidationError("--synthetic must be 0 to 1000000")
    }
  }

  func run() async throws {
    let signals = Signals()
    let standIn = try await StandIn.start(options)
    FileHandle.standardOutput.write(Data((standIn.origins.json + "\n").utf8))
    await signals.wait()
    await standIn.stop()
  }

  private var options: StandIn.Options {
    var options = StandIn.Options(photos: photos, redirectURIs: redirectURI)
    options.photosOfBen = photosOfBen
    options.syntheticPictures = synthetic
    options.samples = samples
    options.appKey = appKey
    options.appSecret = appSecret
    options.appName = appName
    options.latency = .milliseconds(latency)
    options.pageLimit = pageLimit
    options.variesPages = !steadyPages
    options.ports.www = portWWW
    options.ports.api = portAPI
    options.ports.content = portContent
    options.ports.links = portLinks
    options.ports.control = portControl
    return options
  }
}
