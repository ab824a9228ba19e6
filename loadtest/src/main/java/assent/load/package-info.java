/// The load test: a measured crowd of phones against a gateway, or against its peers.
///
/// Start at [assent.load.Main]. The command line ([assent.load.cli]) conducts: it starts servers
/// ([assent.load.server]) and worker processes ([assent.load.work]), which hold the connections
/// ([assent.load.driver]), send, and count. What they count is compared in [assent.load.compare].
@NullMarked
package assent.load;

import org.jspecify.annotations.NullMarked;
