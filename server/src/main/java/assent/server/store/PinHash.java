package assent.server.store;

import assent.protocol.Bytes;

/// A registration PIN in the only form in which it may be kept: a slow hash. Immutable; printing shows
/// nothing of it.
///
/// @param salt fresh for each setting of a PIN, which it also names
/// @param iterations of the hash
public record PinHash(Bytes salt, int iterations, Bytes hash) {
    @Override
    public String toString() {
        return "PinHash[hidden]";
    }
}
