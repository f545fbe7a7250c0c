// Encodes ONNX protocol buffers, as far as a dense network requires. Field numbers are those of
// onnx/onnx.proto (proto2, in which repeated numbers are not packed).

import { PbfWriter } from 'pbf';

/** An operator without attributes and with one output. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

/** A float32 tensor that is stored in the file. */
export interface OnnxInitializer {
  readonly name: string;
  readonly shape: readonly number[];
  /** row-major, as many values as the product of the shape */
  readonly values: Float32Array;
}

/** A float32 input or output; a named dimension may have any size. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** A computation from inputs to outputs. */
export interface OnnxGraph {
  readonly name: string;
  /** in topological order */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** A whole ONNX file. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly operatorSetVersion: number;
  readonly producer: string;
  readonly graph: OnnxGraph;
  readonly metadata: Readonly<Record<string, string>>;
}

const ModelProto = {
  ir_version: 1,
  producer_name: 2,
  graph: 7,
  opset_import: 8,
  metadata_props: 14,
} as const;
const OperatorSetIdProto = { domain: 1, version: 2 } as const;
const StringStringEntryProto = { key: 1, value: 2 } as const;
const GraphProto = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const NodeProto = { input: 1, output: 2, op_type: 4 } as const;
const TensorProto = { dims: 1, data_type: 2, name: 8, raw_data: 9 } as const;
const ValueInfoProto = { name: 1, type: 2 } as const;
const TypeProto = { tensor_type: 1 } as const;
const TypeProtoTensor = { elem_type: 1, shape: 2 } as const;
const TensorShapeProto = { dim: 1 } as const;
const Dimension = { dim_value: 1, dim_param: 2 } as const;

/** TensorProto.DataType */
const float = 1;

/** Encodes a model. The same model gives the same bytes. */
export function encodeOnnxModel(model: OnnxModel): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(ModelProto.ir_version, model.irVersion);
  pbf.writeStringField(ModelProto.producer_name, model.producer);
  pbf.writeMessage(ModelProto.graph, writeGraph, model.graph);
  pbf.writeMessage(ModelProto.opset_import, writeOperatorSet, model.operatorSetVersion);
  for (const entry of Object.entries(model.metadata)) {
    pbf.writeMessage(ModelProto.metadata_props, writeEntry, entry);
  }
  return pbf.finish();
}

/** The operators of ONNX itself have the empty string as their domain. */
function writeOperatorSet(version: number, pbf: PbfWriter): void {
  pbf.writeStringField(OperatorSetIdProto.domain, '');
  pbf.writeVarintField(OperatorSetIdProto.version, version);
}

function writeEntry([key, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(StringStringEntryProto.key, key);
  pbf.writeStringField(StringStringEntryProto.value, value);
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(GraphProto.node, writeNode, node);
  pbf.writeStringField(GraphProto.name, graph.name);
  for (const tensor of graph.initializers) {
    pbf.writeMessage(GraphProto.initializer, writeInitializer, tensor);
  }
  for (const value of graph.inputs) pbf.writeMessage(GraphProto.input, writeValue, value);
  for (const value of graph.outputs) pbf.writeMessage(GraphProto.output, writeValue, value);
}

function writeNode({ operator, inputs, output }: OnnxNode, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(NodeProto.input, input);
  pbf.writeStringField(NodeProto.output, output);
  pbf.writeStringField(NodeProto.op_type, operator);
}

function writeInitializer({ name, shape, values }: OnnxInitializer, pbf: PbfWriter): void {
  for (const dimension of shape) pbf.writeVarintField(TensorProto.dims, dimension);
  pbf.writeVarintField(TensorProto.data_type, float);
  pbf.writeStringField(TensorProto.name, name);
  pbf.writeBytesField(TensorProto.raw_data, littleEndian(values));
}

/** Encodes values in little-endian order, as raw_data requires. */
function littleEndian(values: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(values.byteLength);
  let at = 0;
  for (const value of values) at = bytes.writeFloatLE(value, at);
  return bytes;
}

function writeValue({ name, shape }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(ValueInfoProto.name, name);
  pbf.writeMessage(ValueInfoProto.type, writeType, shape);
}

function writeType(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  pbf.writeMessage(TypeProto.tensor_type, writeTensorType, shape);
}

function writeTensorType(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  pbf.writeVarintField(TypeProtoTensor.elem_type, float);
  pbf.writeMessage(TypeProtoTensor.shape, writeShape, shape);
}

function writeShape(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  for (const dimension of shape) {
    pbf.writeMessage(TensorShapeProto.dim, writeDimension, dimension);
  }
}

function writeDimension(dimension: number | string, pbf: PbfWriter): void {
  if (typeof dimension === 'number') pbf.writeVarintField(Dimension.dim_value, dimension);
  else pbf.writeStringField(Dimension.dim_param, dimension);
}
