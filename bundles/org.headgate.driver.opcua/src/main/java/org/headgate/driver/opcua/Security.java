package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;

/** How a device is talked to: policy, mode, identity, and whom it trusts. */
final class Security {
    /** Its keys of a device's file, with what counts without them. */
    static final Map<String, String> DEFAULTS = Map.of();

    private Security() {}

    /** Reads the settings; touches nothing. */
    static Security of(DeviceSettings settings) throws InvalidSettingException {
        return new Security();
    }

    /**
     * The endpoint to use. Their addresses hold the host that was dialled.
     *
     * @throws IOException when none fits, or a person must decide first
     */
    EndpointDescription choose(List<EndpointDescription> offered) throws IOException {
        return offered.stream()
                .filter(endpoint -> SecurityPolicy.None.getUri().equals(endpoint.getSecurityPolicyUri()))
                .findFirst()
                .orElseThrow(() -> new IOException("the server has no endpoint without security"));
    }

    /** Sets identity, keys, certificates and the judge of the server's. */
    void configure(OpcUaClientConfigBuilder builder) throws IOException {
        builder.setIdentityProvider(AnonymousProvider.INSTANCE);
    }

    /** What a failure means, in one line for a person. */
    IOException explain(Throwable failure) {
        return Faults.explain(failure);
    }
}
