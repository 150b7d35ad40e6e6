package org.headgate.uplink.api;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Carries out commands that come in through uplinks. One bundle offers it; without it uplinks refuse {@code commands}. Thread-safe. */
@ProviderType
public interface RemoteCommands {
    /**
     * Takes a request: checks it, carries it out where the uplink allows it, and answers. Never blocks.
     *
     * @param from which uplink it came through, and what that allows
     * @param request the message as it came
     * @param answers sends an answer, on any thread, once for each request that can be answered
     */
    void received(Source from, Incoming request, Consumer<Reply> answers);

    /** How many messages from an uplink were no requests that can be carried out, since the start of the process. */
    long malformed(String uplink);

    /**
     * Which of the entries of an allow-list fit no command that there is.
     *
     * @param allowed names of commands, {@code *} for any text: {@code device:info}, {@code device:*}
     */
    List<String> unknown(List<String> allowed);

    /** An answer before it is known how much the link takes that it goes by. */
    @ProviderType
    interface Reply {
        /**
         * The answer.
         *
         * @param bytes how many it may have with all that belongs to it; it is cut to that where it can be
         */
        Message within(long bytes);

        /** What is sent, once, in the place of an answer that the server has refused. */
        Message insteadOf(String why);
    }

    /**
     * Where a request came through.
     *
     * @param uplink the uplink's name
     * @param gateway the gateway's identity
     * @param allowed the commands that this uplink allows; none by default
     * @param responseTopic where answers go when the request names no topic for them
     */
    record Source(String uplink, String gateway, List<String> allowed, String responseTopic) {
        public Source {
            allowed = List.copyOf(allowed);
        }
    }
}
