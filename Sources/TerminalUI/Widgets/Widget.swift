/// Something that draws itself into a rectangle of a frame.
///
/// A widget never draws outside of `rect`, whatever its size, and never fails: what does not fit is left out.
package protocol Widget {
    func render(into frame: inout Frame, in rect: Rect)
}
