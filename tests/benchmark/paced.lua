-- A reader who waits before asking again; the first argument says how many milliseconds.
local pause = 0

function init(arguments)
  pause = tonumber(arguments[1])
end

function delay()
  return pause
end
