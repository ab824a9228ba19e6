/// Programs that look into the gateway, for the figures that cannot be had from outside: filling a store
/// ([assent.load.inside.FillActivations]), and sessions without sockets
/// ([assent.load.inside.SessionMemory]). They are among the tests so that nothing of them is in what is
/// shipped; `loadtest/bin` starts them.
@NullMarked
package assent.load.inside;

import org.jspecify.annotations.NullMarked;
