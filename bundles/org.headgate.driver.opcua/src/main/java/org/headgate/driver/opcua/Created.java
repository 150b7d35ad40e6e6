package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;

/**
 * The session that a server has created and not yet activated. Milo forgets it where the activation fails, and the server would keep it
 * until its time-out; a server allows few sessions, so that a wrong password could lock others out. Thread-safe.
 */
final class Created {
    private static final UInteger PATIENCE_MILLIS = UInteger.valueOf(2000);

    private final Judge judge;
    private final AtomicReference<NodeId> token = new AtomicReference<>();

    /** Judges what a server answers when it creates a session. */
    interface Judge {
        void judge(CreateSessionResponse created) throws IOException;
    }

    Created(Judge judge) {
        this.judge = judge;
    }

    /** Sees every answer before Milo does; refuses what the judge refuses. */
    void sees(UaResponseMessageType answer) throws IOException {
        if (answer instanceof CreateSessionResponse created) {
            token.set(created.getAuthenticationToken());
            judge.judge(created);
        } else if (answer instanceof ActivateSessionResponse) {
            token.set(null);
        }
    }

    /** What closes it, once; it goes over the same channel, for a server takes it from no other (OPC 10000-4, 5.7.4). */
    Optional<CloseSessionRequest> undo() {
        return Optional.ofNullable(token.getAndSet(null))
                .map(created -> new CloseSessionRequest(
                        new RequestHeader(
                                created, DateTime.now(), UInteger.MIN, UInteger.MIN, null, PATIENCE_MILLIS, null),
                        true));
    }
}
