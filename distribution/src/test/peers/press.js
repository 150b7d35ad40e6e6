// A press: an OPC UA server that is not ours (node-opcua). Arguments: port, folder for its certificates.
const { OPCUAServer, OPCUACertificateManager, Variant, DataType, MessageSecurityMode, SecurityPolicy } = require("node-opcua");

async function main(port, folder) {
    const server = new OPCUAServer({
        port,
        hostname: "127.0.0.1",
        serverCertificateManager: new OPCUACertificateManager({ rootFolder: folder, automaticallyAcceptUnknownCertificate: true }),
        allowAnonymous: true,
        securityModes: [MessageSecurityMode.None],
        securityPolicies: [SecurityPolicy.None],
        disableDiscovery: true,
    });
    await server.initialize();
    const space = server.engine.addressSpace;
    const press = space.registerNamespace("urn:example:press");
    const machine = press.addObject({ organizedBy: space.rootFolder.objects, browseName: "Press" });
    let strokes = 0;
    const variable = (name, dataType, value) =>
        press.addVariable({ componentOf: machine, nodeId: `s=${name}`, browseName: name, dataType, value: { get: () => new Variant({ dataType: DataType[dataType], value: value() }) }, minimumSamplingInterval: 50 });
    variable("Temperature", "Double", () => 60 + (strokes % 20) / 2);
    variable("Strokes", "UInt32", () => strokes);
    const clock = setInterval(() => strokes++, 100);
    await server.start();
    console.log("ready " + server.getEndpointUrl());
    process.stdin.resume();
    process.stdin.on("end", async () => { clearInterval(clock); await server.shutdown(0); process.exit(0); });
}

main(Number(process.argv[2]), process.argv[3]).catch(problem => { console.error(problem); process.exit(1); });
