package assent.server.admin.api;

import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Request;

/// Whole numbers in requests.
final class Numbers {
    private Numbers() {}

    /// @param what it is, as the begin of a sentence
    static long of(String text, String what) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(Problem.invalid(what + " is no whole number; expected one such as 3."));
        }
        return Long.parseLong(text);
    }

    static long query(Request request, String name, long least, long most, long byDefault) {
        if (request.query(name).isEmpty()) {
            return byDefault;
        }
        long number = of(request.query(name).get(), "The parameter \"" + name + "\"");
        if (number < least || number > most) {
            throw new Refusal(Problem.invalid(
                    "The parameter \"" + name + "\" is out of bounds; expected " + least + " to " + most + "."));
        }
        return number;
    }
}
