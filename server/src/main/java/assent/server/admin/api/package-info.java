/// The admin HTTP API: JSON in and out, refusals as problem documents (RFC 9457). Thin over the desks.
///
/// The routes say what there is; [assent.server.admin.api.OpenApi] says it to programs.
@NullMarked
package assent.server.admin.api;

import org.jspecify.annotations.NullMarked;
