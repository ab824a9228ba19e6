@NullMarked
package assent.server.net;

import org.jspecify.annotations.NullMarked;
