@NullMarked
package assent.server.admin;

import org.jspecify.annotations.NullMarked;
