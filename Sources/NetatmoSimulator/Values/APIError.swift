/// What `/api` answers when it doesn't do what was asked.
struct APIError: Error, Equatable, Sendable {
    let status: Int
    let code: Int
    let message: String

    static let missingToken = APIError(status: 401, code: 1, message: "Access token is missing")
    static let invalidToken = APIError(status: 403, code: 2, message: "Invalid access token")
    static let expiredToken = APIError(status: 403, code: 3, message: "Access token expired")
    static let deviceNotFound = APIError(status: 404, code: 9, message: "Device not found")
    static let wrongScope = APIError(status: 403, code: 13, message: "Application does not have the good scope rights")
    static let usageReached = APIError(status: 403, code: 26, message: "User usage reached")
    static let unknownPath = APIError(status: 404, code: 404, message: "Not found")

    static func missing(_ parameter: String) -> APIError {
        APIError(status: 400, code: 10, message: "Missing argument: " + parameter)
    }

    static func invalid(_ parameter: String) -> APIError {
        APIError(status: 400, code: 21, message: "Invalid " + parameter)
    }
}
