package org.headgate.driver.opcua;

import java.io.IOException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** A status code that a server has answered a whole request with. */
final class StatusException extends IOException {
    private static final long serialVersionUID = 1;

    private final long code;

    StatusException(StatusCode status) {
        super(Faults.text(status));
        this.code = status.value();
    }

    StatusCode status() {
        return new StatusCode(code);
    }
}
