/// What all packages that count share. Each package names its own meters, beside what they count; the
/// table of all of them is in `docs/operations.md`, and a test holds it against the registry.
///
/// Names begin with `assent.` and a base unit follows; a tag's values are a fixed set, and nothing in a
/// name or a tag is personal.
@NullMarked
package assent.server.meters;

import org.jspecify.annotations.NullMarked;
