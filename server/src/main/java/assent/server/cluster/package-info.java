/// What several gateways on one store tell each other. Nothing here is needed for a text to arrive one
/// day: all that must last is in the store. A [assent.server.cluster.Letter] says that there is something
/// to look at there, now.
///
/// Start at [assent.server.cluster.Letter], which has the table of what happens to each kind if it is
/// lost, doubled or late.
@NullMarked
package assent.server.cluster;

import org.jspecify.annotations.NullMarked;
