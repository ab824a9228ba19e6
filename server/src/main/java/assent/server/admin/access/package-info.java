/// Who may do what on the admin listener: accounts and API tokens in a file of their own, sign-ins with a
/// limit, sessions with protection against forged requests, and the local token of this machine's user.
///
/// Start at [assent.server.admin.access.Doorkeeper]. Nothing here knows HTTP. The accounts are in a file and not
/// in the store, so that operators can sign in when the store is what is broken.
@NullMarked
package assent.server.admin.access;

import org.jspecify.annotations.NullMarked;
