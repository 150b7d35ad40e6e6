package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.junit.jupiter.api.Test;

class CreatedTest {
    private static final NodeId TOKEN = new NodeId(0, 7);

    private static CreateSessionResponse creation() {
        return new CreateSessionResponse(
                null, new NodeId(1, 1), TOKEN, 1000.0, ByteString.NULL_VALUE, null, null, null, null, UInteger.MIN);
    }

    @Test
    void aSessionThatWasNotActivatedIsClosedOnce() throws Exception {
        Created created = new Created(any -> {});
        assertThat(created.undo()).isEmpty();
        created.sees(creation());
        assertThat(created.undo())
                .hasValueSatisfying(
                        request -> assertThat(request.getRequestHeader().getAuthenticationToken())
                                .isEqualTo(TOKEN));
        assertThat(created.undo()).isEmpty();
    }

    @Test
    void oneThatIsActivatedIsMilosToClose() throws Exception {
        Created created = new Created(any -> {});
        created.sees(creation());
        created.sees(new ActivateSessionResponse(null, ByteString.NULL_VALUE, null, null));
        assertThat(created.undo()).isEmpty();
    }

    @Test
    void oneThatIsRefusedHereIsClosedToo() {
        Created created = new Created(any -> {
            throw new IOException("changed");
        });
        assertThatThrownBy(() -> created.sees(creation())).hasMessage("changed");
        assertThat(created.undo()).isPresent();
    }
}
