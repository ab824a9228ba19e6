package assent.sim.phone;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.PhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatInputTest {
    @Test
    void aPlainLineIsATextAsItStands() {
        assertThat(ChatInput.parse(" hello: /off ", 1)).isEqualTo(new ChatInput.Text(0, " hello: /off "));
        assertThat(ChatInput.parse("1: hello", 1)).isEqualTo(new ChatInput.Text(0, "1: hello"));
    }

    @Test
    void withTwoPhonesALineMaySayWhoseItIs() {
        assertThat(ChatInput.parse("1: hello", 2)).isEqualTo(new ChatInput.Text(1, "hello"));
        assertThat(ChatInput.parse("2:hi: you", 2)).isEqualTo(new ChatInput.Text(2, "hi: you"));
        assertThat(ChatInput.parse("3: hi", 2)).isEqualTo(new ChatInput.Text(0, "3: hi"));
        assertThat(ChatInput.parse("/2", 2)).isEqualTo(new ChatInput.Keyboard(2));
        assertThat(ChatInput.parse("/2", 1)).isInstanceOf(ChatInput.Wrong.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/off, OFF",
        "/RECEIPT, RECEIPT",
        "/notice, NOTICE",
        "' /away ', AWAY",
        "/back, BACK",
        "/help, HELP",
        "/quit now, QUIT"
    })
    void commandsBeginWithASlash(String line, ChatInput.Command command) {
        assertThat(ChatInput.parse(line, 1)).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to +91 98100-12345", "/to +919810012345"})
    void aNumberMayBeTypedWithSpaces(String line) {
        assertThat(ChatInput.parse(line, 1)).isEqualTo(new ChatInput.To(PhoneNumber.parse("+919810012345")));
    }

    @Test
    void aNumberIsBlockedAndUnblocked() {
        var number = PhoneNumber.parse("+919810012345");
        assertThat(ChatInput.parse("/block +91 98100 12345", 1)).isEqualTo(new ChatInput.Block(number, true));
        assertThat(ChatInput.parse("/unblock +919810012345", 1)).isEqualTo(new ChatInput.Block(number, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to", "/to 12345", "/to +000", "/block", "/unblock 12345", "/sing", "/", "/offf"})
    void whatIsWrongIsNeverSentAsAText(String line) {
        assertThat(ChatInput.parse(line, 1)).isInstanceOf(ChatInput.Wrong.class);
    }

    @Test
    void anExportIsWrittenToAFileThatIsNamed() {
        assertThat(ChatInput.parse("/export all of it.json", 1)).isEqualTo(new ChatInput.SaveExport("all of it.json"));
        assertThat(ChatInput.parse("/export", 1)).isInstanceOf(ChatInput.Wrong.class);
    }

    @Test
    void aReceiptIsShownOrWrittenToAFile() {
        assertThat(ChatInput.parse("/receipt", 1)).isEqualTo(ChatInput.Command.RECEIPT);
        assertThat(ChatInput.parse("/receipt my receipt.json", 1))
                .isEqualTo(new ChatInput.SaveReceipt("my receipt.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "1:", "2:  "})
    void nothingIsNothing(String line) {
        assertThat(ChatInput.parse(line, 2)).isEqualTo(new ChatInput.Nothing());
    }
}
