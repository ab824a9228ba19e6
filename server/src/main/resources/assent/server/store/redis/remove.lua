-- Takes acknowledged messages out; what is left of each is its outcome.
-- A gateway whose session another has taken over takes out nothing.
-- KEYS a m s e x t; ARGV 1 device, 2 what they become, 3 gateway, 4… sequences
local a, m, s, e, x, t = unpack(KEYS)
local removed = {}
local seat = redis.call('HGET', t, 'g')
if seat and seat ~= ARGV[3] then return removed end
if string.sub(redis.call('HGET', a, 'i') or '', 1, 16) ~= ARGV[1] then return removed end
for i = 4, #ARGV do
  local row = redis.call('ZRANGEBYSCORE', m, ARGV[i], ARGV[i], 'LIMIT', 0, 1)[1]
  if row then
    local id = string.sub(row, 22, 53)
    local known = redis.call('HGET', s, id)
    redis.call('ZREMRANGEBYSCORE', m, ARGV[i], ARGV[i])
    redis.call('HINCRBY', a, 'b', -#row)
    if known then
      local fallsBackToo = deadlineOf(known) ~= NEVER
      redis.call('HSET', s, id, sent(fallsBackToo and 2 or tonumber(ARGV[2]), sequenceOf(known), expiresOf(known), 0, NEVER))
      if fallsBackToo then expires(e, x, 'm' .. id, micros(expiresOf(known))) end
    end
    removed[#removed + 1] = ARGV[i]
  end
end
return removed
