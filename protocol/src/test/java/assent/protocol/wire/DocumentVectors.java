package assent.protocol.wire;

import assent.protocol.Bytes;
import assent.protocol.Samples;
import assent.protocol.consent.Sha256;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The part of the vectors that is about documents.
final class DocumentVectors {
    private DocumentVectors() {}

    static void write(ObjectNode out) {
        var documents = out.putArray("documents");
        Samples.documents()
                .forEach((type, document) -> documents
                        .addObject()
                        .put("type", type)
                        .put("text", document.canonical().toUtf8())
                        .put("bytes", document.canonical().hex())
                        .put("sha256", Sha256.of(document.canonical()).hex()));
        var refused = out.putArray("refusedDocuments");
        String grant = Samples.grant().canonical().toUtf8();
        refuse(refused, "line ends of two characters", grant.replace("\n", "\r\n"));
        refuse(refused, "no line feed at the end", grant.substring(0, grant.length() - 1));
        refuse(refused, "a byte order mark first", "\ufeff" + grant);
        refuse(refused, "a space at the end of a line", grant.replace("locale: en", "locale: en "));
        refuse(refused, "a time without its milliseconds", grant.replace(".250Z", "Z"));
        refuse(refused, "a time with two digits of fraction", grant.replace(".250Z", ".25Z"));
        refuse(refused, "a time with an offset", grant.replace(".250Z", ".250+00:00"));
        refuse(refused, "a number with a leading zero", grant.replace("country: 44", "country: 044"));
        refuse(refused, "upper-case hexadecimal", grant.replace("000102030405060708090a", "000102030405060708090A"));
        refuse(refused, "two spaces between names", grant.replace("message-delivery", "message-delivery  more"));
        refuse(refused, "a line twice", grant.replace("locale: en\n", "locale: en\nlocale: en\n"));
        refuse(refused, "another order", grant.replace("locale: en\ncountry: 44\n", "country: 44\nlocale: en\n"));
        refuse(refused, "an unknown line", grant + "more: of it\n");
        refuse(refused, "another version", grant.replace(" v1\n", " v2\n"));
    }

    private static void refuse(ArrayNode refused, String why, String text) {
        refused.addObject()
                .put("type", "consent-grant")
                .put("why", why)
                .put("bytes", Bytes.utf8(text).hex());
    }
}
