package import OperatingSystem

/// Where a phone, which is another machine than this one, begins to sign in; with a one-time key, since it is not trusted by where
/// it is.
package enum PhoneAddress: Sendable {
    /// NetAtmo sends the phone back to an address that it reaches, so that nothing is left to do here.
    case complete(Secret)
    /// A phone in this machine's network reaches it, but is sent back to an address of this machine alone: what it ends on has to
    /// be pasted.
    case toBePasted(Secret)
    /// Only this machine reaches the exporter.
    case unreachable
}
