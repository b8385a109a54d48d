import Testing
import Torture

@Suite("Torture, in short")
struct ShortTortureTests {}
