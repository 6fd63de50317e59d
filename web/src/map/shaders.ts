// One point a vehicle. Places are integers, from which the integer centre is taken before anything becomes a float:
// the result is exact at street zoom, and wraps at the date line.
export const vertexShader = `#version 300 es
precision highp float;
precision highp int;
layout(location = 0) in ivec2 a_from;
layout(location = 1) in ivec2 a_to;
layout(location = 2) in uvec4 a_look; // shape, heading, flags, colour and watch
uniform ivec2 u_centre;
uniform vec2 u_origin;
uniform vec2 u_size;
uniform vec2 u_turn; // cosine and sine of the map's turn, times pixels in a unit
uniform float u_bearing; // radians
uniform float u_progress;
uniform float u_radius;
uniform float u_ratio;
flat out int v_shape;
flat out uint v_flags;
flat out int v_colour;
flat out int v_watch;
flat out vec2 v_turn;
flat out float v_radius;
flat out float v_half;

void main() {
  vec2 offset = vec2(a_to - u_centre) + vec2(a_from - a_to) * (1.0 - u_progress);
  vec2 place = u_origin + mat2(u_turn.x, u_turn.y, -u_turn.y, u_turn.x) * offset;
  gl_Position = vec4(place.x / u_size.x * 2.0 - 1.0, 1.0 - place.y / u_size.y * 2.0, 0.0, 1.0);
  bool selected = (a_look.z & 1u) != 0u;
  bool hovered = (a_look.z & 2u) != 0u;
  v_shape = int(a_look.x);
  v_flags = a_look.z;
  v_colour = int(a_look.w & 15u);
  v_watch = int(a_look.w >> 4) - 1;
  float angle = float(a_look.y) * 6.283185307 / 256.0 - u_bearing;
  v_turn = vec2(cos(angle), sin(angle));
  v_radius = selected ? max(9.0, u_radius * 1.2) : hovered ? max(7.0, u_radius * 1.15) : u_radius;
  bool ringed = hovered || v_watch >= 0 || (a_look.z & 8u) != 0u;
  v_half = selected ? v_radius + 10.0 : ringed ? v_radius + 8.0 : v_radius * 1.3 + 3.0;
  if (v_shape == 6) v_half = v_radius * 0.8 + 1.0;
  gl_PointSize = 2.0 * v_half * u_ratio;
}`

export const fragmentShader = `#version 300 es
precision highp float;
precision highp int;
uniform vec3 u_colours[6];
uniform vec3 u_watched[6];
uniform vec3 u_outline;
uniform vec3 u_ring;
uniform float u_ratio;
uniform float u_density; // opacity of a dot
flat in int v_shape;
flat in uint v_flags;
flat in int v_colour;
flat in int v_watch;
flat in vec2 v_turn;
flat in float v_radius;
flat in float v_half;
out vec4 colour;

float edge(vec2 p, vec2 a, vec2 b, inout float s) {
  vec2 e = b - a;
  vec2 w = p - a;
  vec2 d = w - e * clamp(dot(w, e) / dot(e, e), 0.0, 1.0);
  bvec3 c = bvec3(p.y >= a.y, p.y < b.y, e.x * w.y > e.y * w.x);
  if (all(c) || all(not(c))) s = -s;
  return dot(d, d);
}

float arrow(vec2 p) {
  const vec2 a = vec2(0.0, -1.1);
  const vec2 b = vec2(0.82, 0.9);
  const vec2 c = vec2(0.0, 0.46);
  const vec2 d = vec2(-0.82, 0.9);
  float s = 1.0;
  float near = min(min(edge(p, d, a, s), edge(p, a, b, s)), min(edge(p, b, c, s), edge(p, c, d, s)));
  return s * sqrt(near);
}

float box(vec2 p, float half_side) {
  vec2 q = abs(p) - half_side;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0);
}

float shape(vec2 p) {
  if (v_shape == 0) return arrow(vec2(p.x * v_turn.x + p.y * v_turn.y, p.y * v_turn.x - p.x * v_turn.y));
  if (v_shape == 2) return box(p, 0.66);
  if (v_shape == 4) return (abs(p.x) + abs(p.y) - 1.02) * 0.7071;
  return length(p) - (v_shape == 6 ? 0.8 : 0.74);
}

float cover(float d) { return clamp(0.5 - d * u_ratio, 0.0, 1.0); }

vec4 over(vec4 top, vec4 under) { return top + under * (1.0 - top.a); }

// ring lays a ring with an outline over what is drawn; a dashed one has gaps.
vec4 ring(vec4 drawn, vec2 p, float radius, float width, vec3 tint, bool dashed) {
  float r = abs(length(p) - radius);
  float on = dashed ? step(fract(atan(p.y, p.x) * 1.2732395 + 0.15), 0.62) : 1.0;
  drawn = over(vec4(u_outline, 1.0) * (cover(r - width - 1.0) * 0.75 * on), drawn);
  return over(vec4(tint, 1.0) * (cover(r - width) * on), drawn);
}

void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0 * v_half;
  float d = shape(p / v_radius) * v_radius;
  vec3 fill = u_colours[v_colour];
  if (v_shape == 6) {
    colour = vec4(fill, 1.0) * (cover(d) * u_density);
    if (colour.a < 0.004) discard;
    return;
  }
  vec4 drawn = vec4(u_outline, 1.0) * cover(d - 1.6);
  float body = cover(d);
  bool nofix = (v_flags & 8u) != 0u;
  if (v_shape == 3 || nofix) body *= 1.0 - cover(d + (v_shape == 3 ? 2.2 : 1.7));
  drawn = over(vec4(fill, 1.0) * body, drawn);
  if (nofix) drawn = ring(drawn, p, v_radius * 1.1 + 3.0, 0.75, fill, true);
  if ((v_flags & 4u) != 0u) drawn *= 0.45;
  if (v_watch >= 0) drawn = ring(drawn, p, v_radius + 4.0, 1.1, u_watched[v_watch], false);
  if ((v_flags & 1u) != 0u) drawn = ring(drawn, p, v_half - 3.0, 1.1, u_ring, false);
  else if ((v_flags & 2u) != 0u) drawn = ring(drawn, p, v_half - 3.0, 0.7, u_ring, false);
  if (drawn.a < 0.004) discard;
  colour = drawn;
}`

// A trail is a strip of two vertices a point, pushed apart along the join's normal, and fading with age.
export const trailVertexShader = `#version 300 es
precision highp float;
precision highp int;
layout(location = 0) in ivec2 a_from;
layout(location = 1) in ivec2 a_to;
layout(location = 2) in vec2 a_side; // normal, as long as the join needs
layout(location = 3) in uvec4 a_look; // colour, strength
uniform ivec2 u_centre;
uniform vec2 u_origin;
uniform vec2 u_size;
uniform vec2 u_turn;
uniform float u_scale;
uniform float u_progress;
uniform float u_half; // of the width, px
out float v_strength;
out float v_across;
flat out int v_colour;

void main() {
  vec2 offset = vec2(a_to - u_centre) + vec2(a_from - a_to) * (1.0 - u_progress);
  mat2 turn = mat2(u_turn.x, u_turn.y, -u_turn.y, u_turn.x);
  vec2 place = u_origin + turn * offset + (turn * a_side) / u_scale * (u_half + 1.0);
  gl_Position = vec4(place.x / u_size.x * 2.0 - 1.0, 1.0 - place.y / u_size.y * 2.0, 0.0, 1.0);
  v_strength = float(a_look.y) / 255.0;
  v_across = a_look.z == 0u ? -1.0 : 1.0;
  v_colour = int(a_look.x);
}`

export const trailFragmentShader = `#version 300 es
precision highp float;
uniform vec3 u_colours[7];
uniform vec3 u_outline;
uniform float u_half;
uniform float u_ratio;
in float v_strength;
in float v_across;
flat in int v_colour;
out vec4 colour;

void main() {
  float d = abs(v_across) * (u_half + 1.0);
  float line = clamp((u_half - 1.6 - d) * u_ratio + 0.5, 0.0, 1.0);
  float casing = clamp((u_half - d) * u_ratio + 0.5, 0.0, 1.0) * 0.7;
  vec4 drawn = vec4(u_colours[v_colour], 1.0) * line;
  drawn += vec4(u_outline, 1.0) * casing * (1.0 - line);
  colour = drawn * v_strength;
}`
