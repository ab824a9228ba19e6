/// What the conversation of one connection promises.
@NullMarked
package assent.server.session;

import org.jspecify.annotations.NullMarked;
