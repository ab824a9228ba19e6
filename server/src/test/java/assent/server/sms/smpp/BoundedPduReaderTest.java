package assent.server.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPduReaderTest {
    private final BoundedPduReader reader = new BoundedPduReader();

    private static byte[] pdu(int declaredLength, int bytes) {
        return ByteBuffer.allocate(bytes)
                .putInt(declaredLength)
                .putInt(SMPPConstant.CID_DELIVER_SM)
                .putInt(0)
                .putInt(7)
                .array();
    }

    /// Gives one byte at a time, then a pause for ever.
    private static DataInputStream dribble(byte[] bytes) {
        ByteArrayInputStream rest = new ByteArrayInputStream(bytes);
        return new DataInputStream(new InputStream() {
            @Override
            public int read() throws IOException {
                int next = rest.read();
                if (next < 0) {
                    throw new SocketTimeoutException("a pause");
                }
                return next;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                into[from] = (byte) read();
                return 1;
            }
        });
    }

    @Test
    void aPduInSingleBytesIsReadWhole() throws Exception {
        byte[] bytes = pdu(20, 20);
        DataInputStream in = dribble(bytes);

        Command header = reader.readPDUHeader(in);

        assertThat(header.getCommandId()).isEqualTo(SMPPConstant.CID_DELIVER_SM);
        assertThat(header.getSequenceNumber()).isEqualTo(7);
        assertThat(reader.readPDU(in, header)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, -1, BoundedPduReader.PDU_BYTES_MAX + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aLengthThatNoPduHasIsRefusedBeforeItIsAllocated(int declaredLength) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(pdu(declaredLength, 16)));

        assertThatThrownBy(() -> reader.readPDUHeader(in))
                .isInstanceOf(InvalidCommandLengthException.class)
                .hasMessageContaining(Integer.toString(declaredLength));
    }

    @Test
    void silenceBetweenPdusIsNoErrorButInsideOneItIs() throws Exception {
        assertThatThrownBy(() -> reader.readPDUHeader(dribble(new byte[0]))).isInstanceOf(SocketTimeoutException.class);

        assertThatThrownBy(() -> reader.readPDUHeader(dribble(new byte[7])))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        DataInputStream cut = dribble(pdu(20, 18));
        Command header = reader.readPDUHeader(cut);
        assertThatThrownBy(() -> reader.readPDU(cut, header)).hasMessageContaining("middle of a PDU");
    }

    @Test
    void aPeerThatHangsUpIsTheEnd() {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[0]));

        assertThatThrownBy(() -> reader.readPDUHeader(in)).isInstanceOf(EOFException.class);
    }
}
