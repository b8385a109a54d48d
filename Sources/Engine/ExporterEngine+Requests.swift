package import EngineAPI
package import FoundationEssentials
package import Homes
package import OperatingSystem

// What the user asks for.

extension ExporterEngine: EngineClient {
    package func snapshots() -> AsyncStream<Snapshot> { store.snapshots() }

    package func requestFetch() async -> FetchReply {
        await poller.requestFetch()
    }

    package func requestRenewal() async -> RenewalReply {
        await keeper.requestRenewal()
    }

    /// What a module, a room or a boiler measured, as far as the subject's scale reaches: as NetAtmo gave it lately, or gives it now.
    /// Of what the account does not have NetAtmo is not asked.
    package func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        // Before the first readings what is kept is known to be there.
        let isThere = if let known = store.snapshot.has(subject) { known } else { await archive.keeps(subject) }
        guard isThere else { throw .unknownDevice }
        return try await archive.history(of: subject)
    }

    /// A page of what a module, a room or a boiler measured. Of what the account does not have NetAtmo is not asked; before the first
    /// readings that is not known, and who goes on with an export knows what there is.
    package func page(of subject: HistorySubject, from start: Date, to end: Date) async throws(HistoryError) -> MeasureHistory {
        guard store.snapshot.has(subject) ?? true else { throw .unknownDevice }
        return try await pages.page(of: subject, from: start, to: end)
    }

    package func keptHistories() async -> [String: MeasureHistory] {
        let start = clock.now.addingTimeInterval(-86_400)
        return Dictionary(
            await archive.histories.map { kept in
                var history = kept.history
                history.forget(before: start)
                return (kept.subject.id, history)
            }
        ) { first, _ in first }
    }

    /// Begins a sign-in; `nil` where the exporter does not answer yet. Whether a new token could be saved is found out anew, for
    /// ``TokenStatus/obstacle``.
    package func offerSignIn() async -> SignInOffer? {
        guard let port = listening.value else { return nil }
        _ = await signIn.obstacle()
        let expires = clock.now.addingTimeInterval(OneTimeSecrets.lifetime)
        guard let key = await signIn.issueKey(), let withKey = addresses.withKey(key, port: port),
            let netatmo = await signIn.authorizeURL(redirectURI: redirectURI).flatMap(Secret.init)
        else { return nil }
        return SignInOffer(
            localURL: withKey, browserURL: addresses.forOwnBrowser(port: port), netatmoURL: netatmo,
            phone: addresses.forPhone(key: key, port: port, networkAddress: networkAddress), expires: expires
        )
    }

    /// Signs in with what the user pasted: a refresh token, or the address that the browser ended on.
    ///
    /// - Returns: When the new token expires.
    package func signIn(pasting text: Secret) async throws(SignInError) -> Date {
        switch try PastedSignIn(text.reveal()) {
        case .refreshToken(let token): try await signIn.adopt(refreshToken: token)
        case .redirect(let answer): try await signIn.complete(answer, redirectURI: redirectURI)
        }
    }
}
