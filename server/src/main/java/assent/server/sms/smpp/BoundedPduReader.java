package assent.server.sms.smpp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.PDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;

/// Reads one PDU at a time. jsmpp's own reader allocates whatever length a peer declares, up to 2 GiB,
/// and loses its place in the stream if the peer pauses inside a PDU; this one refuses a length over
/// [#PDU_BYTES_MAX] before it allocates, and takes a pause inside a PDU for the end of the link.
///
/// It also remembers how a bind was answered: when a carrier refuses and hangs up at once, jsmpp can
/// take the end before the answer, and then knows no reason.
///
/// Reads on the session's reader thread; [#bindStatus] may be called by any.
final class BoundedPduReader implements PDUReader {
    /// An SMS with all its optional parameters is far smaller.
    static final int PDU_BYTES_MAX = 8 * 1024;

    private static final int HEADER_BYTES = 16;

    private volatile int bindStatus;

    /// The `command_status` of the answer to our bind; 0 if it was good, or none has come.
    int bindStatus() {
        return bindStatus;
    }

    /// @throws SocketTimeoutException if nothing came; jsmpp then probes the link
    /// @throws InvalidCommandLengthException if the declared length is impossible or over the limit;
    ///     jsmpp answers with a generic_nack and closes
    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        byte[] bytes = new byte[HEADER_BYTES];
        int first = in.read();
        if (first < 0) {
            throw new EOFException("the peer closed the connection");
        }
        bytes[0] = (byte) first;
        readRest(in, bytes, 1);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int length = fields.getInt();
        if (length < HEADER_BYTES || length > PDU_BYTES_MAX) {
            throw new InvalidCommandLengthException(
                    "a PDU has " + HEADER_BYTES + " to " + PDU_BYTES_MAX + " bytes; the peer declared " + length);
        }
        Command header = new Command();
        header.setCommandLength(length);
        header.setCommandId(fields.getInt());
        header.setCommandStatus(fields.getInt());
        header.setSequenceNumber(fields.getInt());
        if (header.getCommandId() == SMPPConstant.CID_BIND_TRANSCEIVER_RESP
                || header.getCommandId() == SMPPConstant.CID_BIND_TRANSMITTER_RESP) {
            bindStatus = header.getCommandStatus();
        }
        return header;
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) throws IOException {
        return readPDU(
                in,
                header.getCommandLength(),
                header.getCommandId(),
                header.getCommandStatus(),
                header.getSequenceNumber());
    }

    @Override
    public byte[] readPDU(DataInputStream in, int length, int id, int status, int sequence) throws IOException {
        byte[] pdu = new byte[length];
        ByteBuffer.wrap(pdu).putInt(length).putInt(id).putInt(status).putInt(sequence);
        readRest(in, pdu, HEADER_BYTES);
        return pdu;
    }

    private static void readRest(DataInputStream in, byte[] bytes, int from) throws IOException {
        try {
            in.readFully(bytes, from, bytes.length - from);
        } catch (SocketTimeoutException e) {
            throw new IOException("the peer stopped in the middle of a PDU", e);
        }
    }
}
