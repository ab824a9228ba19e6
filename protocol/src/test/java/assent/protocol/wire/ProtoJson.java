package assent.protocol.wire;

import assent.protocol.Bytes;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A protobuf message as the vectors show it: names in camel case, bytes in hexadecimal, 64-bit
/// numbers as unsigned decimal text, enums by name, fields at their default left out.
final class ProtoJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ProtoJson() {}

    static ObjectNode fields(Message message) {
        ObjectNode node = JSON.objectNode();
        message.getAllFields().forEach((field, value) -> put(node, field, value));
        return node;
    }

    private static void put(ObjectNode node, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            var array = node.putArray(field.getJsonName());
            ((List<?>) value).forEach(one -> array.add(((EnumValueDescriptor) one).getName()));
            return;
        }
        switch (field.getJavaType()) {
            case MESSAGE -> node.set(field.getJsonName(), fields((Message) value));
            case BYTE_STRING ->
                node.put(
                        field.getJsonName(),
                        Bytes.wrap(((ByteString) value).toByteArray()).hex());
            case ENUM -> node.put(field.getJsonName(), ((EnumValueDescriptor) value).getName());
            case LONG -> node.put(field.getJsonName(), Long.toUnsignedString((long) value));
            case INT -> node.put(field.getJsonName(), Integer.toUnsignedLong((int) value));
            case STRING -> node.put(field.getJsonName(), (String) value);
            case BOOLEAN -> node.put(field.getJsonName(), (boolean) value);
            case FLOAT, DOUBLE -> throw new IllegalArgumentException("the protocol has no such fields");
        }
    }
}
