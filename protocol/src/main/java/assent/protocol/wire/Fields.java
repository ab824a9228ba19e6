package assent.protocol.wire;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.Bytes;
import assent.protocol.Id;
import assent.protocol.LanguageTag;
import assent.protocol.Limits;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.Es256;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How single fields are checked and translated; every failure is an [IllegalArgumentException]
/// that repeats no value.
final class Fields {
    /// Far beyond any duration of this protocol, and safe to add to a clock.
    private static final long MILLIS_MAX = Duration.ofDays(3650).toMillis();

    /// The end of the year 9999.
    private static final long UNIX_MILLIS_MAX =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private static final Reason[] REASONS = reasonsByCode();

    private Fields() {}

    static <T extends Id> T id(ByteString bytes, Id.Maker<T> maker) {
        require(bytes.size() == Id.BYTES, "an identifier has 16 bytes");
        return Id.read(bytes.toByteArray(), 0, maker);
    }

    static ByteString id(Id id) {
        return UnsafeByteOperations.unsafeWrap(id.toArray());
    }

    static Bytes document(ByteString bytes) {
        require(!bytes.isEmpty() && bytes.size() <= Limits.DOCUMENT_BYTES_MAX, "a document is empty or too long");
        return Bytes.wrap(bytes.toByteArray());
    }

    static Bytes signature(ByteString bytes) {
        require(bytes.size() == Es256.SIGNATURE_BYTES, "a signature has 64 bytes");
        return Bytes.wrap(bytes.toByteArray());
    }

    static Bytes exportPart(ByteString bytes) {
        require(!bytes.isEmpty() && bytes.size() <= Limits.EXPORT_PART_BYTES_MAX, "a part is empty or too long");
        return Bytes.wrap(bytes.toByteArray());
    }

    static Bytes exactly(int length, ByteString bytes) {
        require(bytes.size() == length, "a field has another length");
        return Bytes.wrap(bytes.toByteArray());
    }

    static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.borrow());
    }

    /// At most `bytesMax` bytes in UTF-8.
    static String text(String text, int bytesMax) {
        boolean fits = text.length() <= bytesMax / 3
                || (text.length() <= bytesMax && text.getBytes(StandardCharsets.UTF_8).length <= bytesMax);
        require(fits, "a text is too long");
        return text;
    }

    /// Printable ASCII, since operators read it in logs.
    static String printable(String text, int bytesMax) {
        require(
                text.length() <= bytesMax && text.chars().allMatch(c -> c >= ' ' && c <= '~'),
                "a text is too long or not printable ASCII");
        return text;
    }

    static String locale(String tag) {
        require(LanguageTag.isWellFormed(tag), "a locale is not a language tag");
        return tag;
    }

    static Duration duration(long millis) {
        require(millis >= 0 && millis <= MILLIS_MAX, "a duration is out of bounds");
        return Duration.ofMillis(millis);
    }

    /// Zero on the wire stands for "none".
    static Optional<Duration> retryAfter(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(duration(millis));
    }

    static long retryAfter(Optional<Duration> duration) {
        return duration.map(given -> Math.max(1, given.toMillis())).orElse(0L);
    }

    static boolean isDuration(long millis) {
        return millis >= 0 && millis <= MILLIS_MAX;
    }

    /// An unsigned field of 32 bits within bounds; those from 2³¹ on look negative here, and are none.
    static int between(int min, int value, int max) {
        require(value >= min && value <= max, "a number is out of bounds");
        return value;
    }

    /// An unsigned field of 64 bits that is at most 2⁶³ − 1.
    static long atLeast(long min, long value) {
        require(value >= min, "a number is out of bounds");
        return value;
    }

    static Instant time(long millis) {
        require(millis >= 0 && millis <= UNIX_MILLIS_MAX, "a time is out of bounds");
        return Instant.ofEpochMilli(millis);
    }

    static Optional<Body> bodyIfValid(
            assent.protocol.wire.proto.BodyType type, ByteString bytes, boolean readMarkWanted) {
        if (bytes.isEmpty() || bytes.size() > Limits.BODY_BYTES_MAX) {
            return Optional.empty();
        }
        Optional<BodyType> known = switch (type) {
            case BODY_TYPE_TEXT_UTF8 -> Optional.of(BodyType.TEXT_UTF8);
            case BODY_TYPE_READ_MARK -> Optional.of(BodyType.READ_MARK);
            case BODY_TYPE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
        Optional<Body> body = known.map(good -> Body.wrap(good, bytes.toByteArray()));
        return readMarkWanted ? body.map(Body::wantingReadMark) : body;
    }

    static ByteString body(Body body) {
        return UnsafeByteOperations.unsafeWrap(body.borrow());
    }

    static assent.protocol.wire.proto.BodyType bodyType(Body body) {
        return switch (body.type()) {
            case TEXT_UTF8 -> assent.protocol.wire.proto.BodyType.BODY_TYPE_TEXT_UTF8;
            case READ_MARK -> assent.protocol.wire.proto.BodyType.BODY_TYPE_READ_MARK;
        };
    }

    static ProofMethod method(assent.protocol.wire.proto.ProofMethod method) {
        return switch (method) {
            case PROOF_METHOD_SMS_CODE -> ProofMethod.SMS_CODE;
            case PROOF_METHOD_DEVICE_SMS -> ProofMethod.DEVICE_SMS;
            case PROOF_METHOD_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a proof method is missing or unknown");
        };
    }

    static assent.protocol.wire.proto.ProofMethod method(ProofMethod method) {
        return switch (method) {
            case SMS_CODE -> assent.protocol.wire.proto.ProofMethod.PROOF_METHOD_SMS_CODE;
            case DEVICE_SMS -> assent.protocol.wire.proto.ProofMethod.PROOF_METHOD_DEVICE_SMS;
        };
    }

    /// A newer gateway may offer methods that this library does not know: those are left out.
    static List<ProofMethod> knownMethods(List<assent.protocol.wire.proto.ProofMethod> methods) {
        return methods.stream()
                .filter(method -> method != assent.protocol.wire.proto.ProofMethod.UNRECOGNIZED)
                .map(Fields::method)
                .toList();
    }

    /// A reason that this library does not know, from a newer gateway, is read as
    /// [Reason#INTERNAL]; whether to retry is in the frame, not in the reason.
    static Reason reason(int code) {
        Reason reason = code > 0 && code < REASONS.length ? REASONS[code] : Reason.INTERNAL;
        return reason == null ? Reason.INTERNAL : reason;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static Reason[] reasonsByCode() {
        var byCode = new Reason[256];
        for (Reason reason : Reason.values()) {
            byCode[reason.wireCode()] = reason;
        }
        return byCode;
    }
}
