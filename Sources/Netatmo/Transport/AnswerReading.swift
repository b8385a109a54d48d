import FoundationEssentials
import Homes
import OperatingSystem

/// What is wrong with a successful answer, where that can be told in words that repeat nothing of it.
struct AnswerFault: Error {
    let message: String
}

extension NetatmoTransport {
    /// Asks for data, and reads the answer.
    func answer<Answer: Decodable>(
        _ path: String, _ form: [(name: String, value: String)] = [], for purpose: NetatmoRequest.Purpose = .data, accessToken: Secret
    ) async throws(NetatmoError) -> Answer {
        let answer = try await send(NetatmoRequest(purpose: purpose, path: path, form: form, accessToken: accessToken))
        do {
            return try answer.decoded(as: Answer.self)
        } catch {
            throw error.hiding([accessToken])
        }
    }
}

extension NetatmoAnswer {
    /// The decoded body of a successful answer.
    ///
    /// - Throws: ``NetatmoError`` of the kind that the status and the body tell.
    func decoded<Body: Decodable>(as type: Body.Type) throws(NetatmoError) -> Body {
        guard (200...299).contains(status) else { throw failure() }
        guard !JSONBounds.areExceeded(by: body) else {
            throw NetatmoError(
                .tooLarge, status: status, message: "more than \(JSONBounds.entries) values, or \(JSONBounds.members) in one object",
                mayHaveBeenCarriedOut: true)
        }
        do {
            let decoder = JSONDecoder()
            if let key = CodingUserInfoKey.deviceBudget { decoder.userInfo[key] = DeviceBudget() }
            return try decoder.decode(Body.self, from: Data(body))
        } catch let fault as AnswerFault {
            throw NetatmoError(.invalidAnswer, status: status, message: fault.message, mayHaveBeenCarriedOut: true)
        } catch {
            // An error object may come with status 200; its own words say more than "not JSON".
            throw failure()
        }
    }

    /// The error that an unsuccessful answer tells. It goes by the status and the code, since messages vary.
    func failure() -> NetatmoError {
        let error = ErrorBody(body)
        return NetatmoError(
            kind(code: error.code), status: status, code: error.code, message: error.code == nil ? error.message ?? shape : error.message,
            retryAfter: retryAfter, mayHaveBeenCarriedOut: mayHideSuccess(code: error.code)
        )
    }

    /// A success that can't be read is one all the same. A gateway that gave up (502, 504) does not know what became of the request.
    private func mayHideSuccess(code: String?) -> Bool {
        code == nil && ((200...299).contains(status) || status == 502 || status == 504)
    }

    private func kind(code: String?) -> NetatmoError.Kind {
        switch (status, code) {
        case (_, "invalid_grant"): .invalidGrant
        case (_, "invalid_client"): .invalidClient
        case (_, "26"): .quota
        case (_, "11"): .busy
        case (429, _): .rateLimited
        case (500..., _): .outage
        case (200...299, nil) where isHTML, (400..., nil) where isHTML: .html
        case (_, "2"), (_, "3"), (401, _): .unauthorized
        case (_, "13"): .wrongScope
        case (200...299, nil): .invalidAnswer
        default: .refused
        }
    }

    /// What kind of body came in place of JSON.
    private var shape: String {
        if body.isEmpty { return "empty body" }
        return isHTML ? "HTML in place of JSON" : "unexpected body of \(body.count) bytes"
    }

    private var isHTML: Bool {
        body.first { $0 > 0x20 } == UInt8(ascii: "<")
    }
}

/// The error in a body: a string from `/oauth2`, an object from `/api`. Nothing else in the body is looked at.
private struct ErrorBody {
    let code: String?
    let message: String?
}

extension ErrorBody: Decodable {
    init(_ body: [UInt8]) {
        let read = JSONBounds.areExceeded(by: body) ? nil : try? JSONDecoder().decode(Self.self, from: Data(body))
        self = read ?? Self(code: nil, message: nil)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        if let word = container.text("error") {
            self.init(code: word, message: container.word("error_description"))
        } else {
            let error = container.object("error")
            self.init(code: error?.word("code"), message: error?.word("message"))
        }
    }
}

extension KeyedDecodingContainer where Key == AnyKey {
    /// A string, or a whole number as text.
    fileprivate func word(_ name: String) -> String? {
        text(name) ?? integer(name).map { String($0) }
    }
}
