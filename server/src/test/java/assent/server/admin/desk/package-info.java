@NullMarked
package assent.server.admin.desk;

import org.jspecify.annotations.NullMarked;
